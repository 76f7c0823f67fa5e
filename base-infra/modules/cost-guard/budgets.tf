locals {
  name = "${var.project}-${var.environment}"

  # AWS sees an environment's costs only once the tag is activated. The total needs no tag, and has what nobody tagged.
  limits      = merge(var.budgets, { total = coalesce(var.total_usd, sum(values(var.budgets))) })
  tag_filters = { for name in keys(var.budgets) : name => format("user:%s$%s", var.environment_tag_key, name) }

  # Percent of the limit. A forecast rings while there is still something to do.
  notifications = [
    { of = "ACTUAL", percent = 80 },
    { of = "ACTUAL", percent = 100 },
    { of = "FORECASTED", percent = 100 },
  ]
}

resource "aws_budgets_budget" "this" {
  for_each = local.limits

  name         = "${local.name}-budget-${each.key}"
  budget_type  = "COST"
  limit_amount = tostring(each.value)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "cost_filter" {
    for_each = contains(keys(local.tag_filters), each.key) ? [local.tag_filters[each.key]] : []

    content {
      name   = "TagKeyValue"
      values = [cost_filter.value]
    }
  }

  dynamic "notification" {
    for_each = local.notifications

    content {
      notification_type          = notification.value.of
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_sns_topic_arns  = [var.topic_arn]
      subscriber_email_addresses = var.email_addresses
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-budget-${each.key}" })
}
