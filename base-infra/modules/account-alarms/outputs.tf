output "alarm_arns" {
  description = "ARN of each alarm, by the short name of metric-filters.tf."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn }
}

output "alarm_names" {
  description = "Name of each alarm, by the same short name."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.alarm_name }
}

output "notification_rule_arns" {
  description = "ARN of each EventBridge rule that tells people, by the short name of notification-rules.tf."
  value       = { for key, rule in aws_cloudwatch_event_rule.this : key => rule.arn }
}

output "metric_namespace" {
  description = "Namespace of the metrics that the trail is counted in."
  value       = local.namespace
}
