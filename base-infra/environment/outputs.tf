output "vpc_id" {
  description = "ID of the VPC."
  value       = module.networking.vpc_id
}

output "alb_dns_name" {
  description = "DNS name of the load balancer."
  value       = module.load_balancing.dns_name
}

output "api_name" {
  description = "Public name of the API."
  value       = module.dns.api_name
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.ecs_cluster.cluster_name
}

output "ecs_service_name" {
  description = "Full name of the ECS service."
  value       = module.ecs_service.service_name
}

output "database_id" {
  description = "Identifier of the database."
  value       = module.database.id
}

output "parameter_names" {
  description = "SSM parameters in which the rest can be read."
  value       = [for parameter in aws_ssm_parameter.base : parameter.name]
}
