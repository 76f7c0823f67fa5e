output "service_id" {
  description = "ID of the service, which for ECS is its ARN."
  value       = aws_ecs_service.this.id
}

output "service_name" {
  description = "Full name of the service. It waits for nothing, so that rollback alarms can name the service before it exists."
  value       = local.full_name
}

output "service_arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "task_role_arn" {
  description = "ARN of the application's role."
  value       = aws_iam_role.task.arn
}

output "task_definition_family" {
  description = "Family of the task definition: what a deployment takes as its template, and a migration runs once before it."
  value       = aws_ecs_task_definition.this.family
}

output "log_group_name" {
  description = "Log group of the application."
  value       = aws_cloudwatch_log_group.this.name
}
