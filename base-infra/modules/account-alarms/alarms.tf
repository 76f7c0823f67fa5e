resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.signals

  alarm_name        = "${local.name}-alarm-${each.key}"
  alarm_description = "${each.value.says}. Runbook: docs/runbooks/${each.value.rings.runbook}.md"

  namespace           = local.namespace
  metric_name         = aws_cloudwatch_log_metric_filter.this[each.key].metric_transformation[0].name
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = lookup(var.thresholds, each.key, each.value.rings.threshold)
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  # The trail brings a record minutes after the call: a shorter period would be over before it is filled. An alarm does not
  # wait for the end of its period.
  period = 300

  # Nobody is told that it is over: what happened has happened.
  alarm_actions = [var.topic_arn]

  tags = merge(var.tags, { Name = "${local.name}-alarm-${each.key}" })
}
