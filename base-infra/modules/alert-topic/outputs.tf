output "topic_arn" {
  description = "ARN of the topic, for alarm actions, rule targets, budgets and anomaly subscriptions. Known only when its policy is attached, so that nothing publishes before it may."
  value       = aws_sns_topic_policy.this.arn
}
