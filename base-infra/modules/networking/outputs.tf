output "vpc_id" {
  description = "ID of the VPC."
  value       = aws_vpc.this.id
}

output "vpc_cidr" {
  description = "IPv4 range of the VPC."
  value       = aws_vpc.this.cidr_block
}

output "vpc_arn" {
  description = "ARN of the VPC."
  value       = aws_vpc.this.arn
}

output "public_subnet_ids" {
  description = "IDs of the public subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "IDs of the application subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.private[zone].id]
}

output "data_subnet_ids" {
  description = "IDs of the data subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.data[zone].id]
}

output "public_subnet_cidrs" {
  description = "IPv4 ranges of the public subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.public[zone].cidr_block]
}

output "private_subnet_cidrs" {
  description = "IPv4 ranges of the application subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.private[zone].cidr_block]
}

output "data_subnet_cidrs" {
  description = "IPv4 ranges of the data subnets, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_subnet.data[zone].cidr_block]
}

output "private_route_table_ids" {
  description = "IDs of the application subnets' route tables, in zone order."
  value       = [for zone in sort(keys(local.zones)) : aws_route_table.private[zone].id]
}

output "alb_security_group_id" {
  description = "ID of the load balancer's security group, the only one that takes calls from outside the VPC."
  value       = aws_security_group.this["alb"].id
}

output "app_security_group_id" {
  description = "ID of the application tasks' security group."
  value       = aws_security_group.this["app"].id
}

output "rds_security_group_id" {
  description = "ID of the PostgreSQL security group."
  value       = aws_security_group.this["rds"].id
}

output "redis_security_group_id" {
  description = "ID of the cache's security group."
  value       = aws_security_group.this["redis"].id
}

output "vpc_endpoint_security_group_id" {
  description = "ID of the interface endpoints' security group."
  value       = aws_security_group.this["endpoint"].id
}

output "flow_log_group_name" {
  description = "Log group that holds the VPC flow logs."
  value       = aws_cloudwatch_log_group.flow_logs.name
}
