output "cluster_arn" {
  description = "ARN of the cluster, known once its capacity providers are set."
  value       = aws_ecs_cluster.this.arn

  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = aws_ecs_cluster.this.name
}

output "execution_role_arn" {
  description = "ARN of the role that the ECS agent uses, known once its policy is in place."
  value       = aws_iam_role.execution.arn

  depends_on = [aws_iam_role_policy.execution]
}

output "execute_command_log_group_arn" {
  description = "ARN of the log group of shell sessions; null when enable_execute_command is false."
  value       = one(aws_cloudwatch_log_group.execute_command[*].arn)
}
