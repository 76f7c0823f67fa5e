output "alarm_arns" {
  description = "ARN of each alarm, by the short name of alarms.tf; a replica's alarms end in its number, redis-cpu-002."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn }
}

output "alarm_names" {
  description = "Full name of each alarm, by its short name: what a deployment that rolls back on alarms must be given."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.alarm_name }
}

output "dashboard_name" {
  description = "Name of the environment's dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "query_names" {
  description = "Names of the saved Logs Insights queries, by purpose."
  value       = { for purpose, query in aws_cloudwatch_query_definition.this : purpose => query.name }
}

output "log_namespace" {
  description = "Metric namespace of what is counted in the application's log."
  value       = local.log_namespace
}
