output "alarm_arns" {
  description = "ARN of each alarm, by the short name of alarms.tf."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn }
}
