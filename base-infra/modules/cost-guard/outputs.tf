output "budget_names" {
  description = "Name of each budget, by environment; total is the whole account's."
  value       = { for key, budget in aws_budgets_budget.this : key => budget.name }
}

output "anomaly_monitor_arn" {
  description = "ARN of the monitor that looks for unusual costs."
  value       = one(aws_ce_anomaly_subscription.topic.monitor_arn_list)
}
