output "service_id" {
  description = "ID of the service, which for ECS is its ARN."
  value       = aws_ecs_service.this.id
}

output "service_name" {
  description = "Full name of the service."
  value       = aws_ecs_service.this.name
}

output "service_arn" {
  description = "ARN of the service."
  value       = aws_ecs_service.this.id
}

output "task_role_arn" {
  description = "ARN of the application's role."
  value       = aws_iam_role.task.arn
}

output "log_group_name" {
  description = "Log group of the application."
  value       = aws_cloudwatch_log_group.this.name
}
