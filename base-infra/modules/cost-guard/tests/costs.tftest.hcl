# What rings, at which sum, and who hears it.
mock_provider "aws" {
  mock_resource "aws_ce_anomaly_monitor" {
    defaults = { arn = "arn:aws:ce::000000000000:anomalymonitor/00000000-0000-0000-0000-000000000000" }
  }
}

variables {
  project               = "cloudplatform"
  environment           = "global"
  budgets               = { dev = 120, staging = 200, prod = 600 }
  topic_arn             = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
  anomaly_threshold_usd = 20
}

run "every_environment_has_a_budget_of_its_own_tag_and_the_account_one_of_all" {
  command = plan

  assert {
    condition = jsonencode({ for key, b in aws_budgets_budget.this : b.name => join(" ", concat([
      b.budget_type, b.limit_amount, b.limit_unit, b.time_unit], flatten([for f in b.cost_filter : [f.name, f.values]]))) }) == jsonencode({
      cloudplatform-global-budget-dev     = "COST 120 USD MONTHLY TagKeyValue user:Environment$dev"
      cloudplatform-global-budget-prod    = "COST 600 USD MONTHLY TagKeyValue user:Environment$prod"
      cloudplatform-global-budget-staging = "COST 200 USD MONTHLY TagKeyValue user:Environment$staging"
      cloudplatform-global-budget-total   = "COST 920 USD MONTHLY"
    })
    error_message = "A budget is missing, has another limit, or counts another environment's costs."
  }
}

run "three_notifications_reach_the_topic" {
  command = plan

  assert {
    condition = alltrue([for b in aws_budgets_budget.this :
      jsonencode(sort([for n in b.notification : "${n.notification_type} ${n.comparison_operator} ${n.threshold} ${n.threshold_type}"])) == jsonencode([
        "ACTUAL GREATER_THAN 100 PERCENTAGE", "ACTUAL GREATER_THAN 80 PERCENTAGE", "FORECASTED GREATER_THAN 100 PERCENTAGE",
      ])
    ])
    error_message = "Each budget rings at 80 % and 100 % spent, and when the forecast passes 100 %."
  }

  assert {
    condition     = alltrue(flatten([for b in aws_budgets_budget.this : [for n in b.notification : join(" ", n.subscriber_sns_topic_arns) == var.topic_arn && length(n.subscriber_email_addresses) == 0]]))
    error_message = "Every notification goes to the topic, and to no address that was not asked for."
  }
}

run "addresses_hear_of_budgets_too" {
  command = plan

  variables {
    email_addresses = ["owner@example.com"]
  }

  assert {
    condition     = alltrue(flatten([for b in aws_budgets_budget.this : [for n in b.notification : join(" ", n.subscriber_email_addresses) == "owner@example.com"]]))
    error_message = "The address is missing from a notification."
  }
}

run "the_total_can_be_more_than_its_parts" {
  command = plan

  variables {
    total_usd = 1000
  }

  assert {
    condition     = aws_budgets_budget.this["total"].limit_amount == "1000"
    error_message = "total_usd must reach the account's budget."
  }
}

run "an_anomaly_is_told_at_once_from_the_threshold_on" {
  command = apply

  assert {
    condition     = aws_ce_anomaly_monitor.services[0].monitor_type == "DIMENSIONAL" && aws_ce_anomaly_monitor.services[0].monitor_dimension == "SERVICE"
    error_message = "The monitor looks at each service by itself."
  }

  assert {
    condition     = aws_ce_anomaly_subscription.topic.frequency == "IMMEDIATE" && join(" ", aws_ce_anomaly_subscription.topic.monitor_arn_list) == aws_ce_anomaly_monitor.services[0].arn
    error_message = "The subscription must belong to our monitor and not wait for the end of the day."
  }

  assert {
    condition     = join(" ", [for s in aws_ce_anomaly_subscription.topic.subscriber : "${s.type} ${s.address}"]) == "SNS ${var.topic_arn}"
    error_message = "Anomalies go to the topic."
  }

  assert {
    condition     = jsonencode(aws_ce_anomaly_subscription.topic.threshold_expression[0].dimension[0].values) == jsonencode(["20"]) && aws_ce_anomaly_subscription.topic.threshold_expression[0].dimension[0].key == "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
    error_message = "The threshold is extra cost in USD."
  }
}

# Guards against an apply that fails in every account to which AWS has given a monitor by itself.
run "a_monitor_that_exists_is_used" {
  command = apply

  variables {
    anomaly_monitor_arn = "arn:aws:ce::000000000000:anomalymonitor/11111111-1111-1111-1111-111111111111"
  }

  assert {
    condition     = length(aws_ce_anomaly_monitor.services) == 0 && output.anomaly_monitor_arn == var.anomaly_monitor_arn
    error_message = "With a monitor given, none is made."
  }
}

run "no_tag_is_activated_before_aws_has_seen_it" {
  command = plan

  assert {
    condition     = length(aws_ce_cost_allocation_tag.this) == 0
    error_message = "The first apply must not activate tags: AWS refuses keys it has not seen."
  }
}

run "tags_are_activated_when_named" {
  command = plan

  variables {
    allocation_tags = ["Environment", "Owner", "Project"]
  }

  assert {
    condition     = jsonencode([for t in aws_ce_cost_allocation_tag.this : "${t.tag_key} ${t.status}"]) == jsonencode(["Environment Active", "Owner Active", "Project Active"])
    error_message = "Each named key is activated."
  }
}

run "a_budget_of_nothing_is_refused" {
  command = plan

  variables {
    budgets = { dev = 0 }
  }

  expect_failures = [var.budgets]
}

run "a_total_below_its_parts_is_refused" {
  command = plan

  variables {
    total_usd = 500
  }

  expect_failures = [var.total_usd]
}

run "an_environment_named_total_is_refused" {
  command = plan

  variables {
    budgets = { total = 100 }
  }

  expect_failures = [var.budgets]
}

run "an_eleventh_address_is_refused" {
  command = plan

  variables {
    email_addresses = [
      "a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com", "f@example.com",
      "g@example.com", "h@example.com", "i@example.com", "j@example.com", "k@example.com",
    ]
  }

  expect_failures = [var.email_addresses]
}
