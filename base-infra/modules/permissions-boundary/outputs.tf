output "policy_arn" {
  description = "ARN of the boundary, known before it is made."
  value       = local.policy_arn

  depends_on = [aws_iam_policy.this]
}

output "policy_name" {
  description = "Name of the boundary, <project>-<environment>-boundary."
  value       = aws_iam_policy.this.name
}
