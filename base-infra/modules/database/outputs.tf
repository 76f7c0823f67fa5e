output "endpoint" {
  description = "Address and port of the database, host:port."
  value       = aws_db_instance.this.endpoint
}

output "address" {
  description = "Host name of the database."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "TCP port of the database."
  value       = aws_db_instance.this.port
}

output "arn" {
  description = "ARN of the instance."
  value       = aws_db_instance.this.arn
}

output "id" {
  description = "Identifier of the instance, as metrics and the RDS API name it."
  value       = aws_db_instance.this.identifier
}

output "master_secret_arn" {
  description = "ARN of the secret with the master user's name and password, which RDS owns and rotates."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "max_connections" {
  description = "Connections that the parameter group allows."
  value       = local.max_connections
}

output "memory_bytes" {
  description = "Memory of the instance's class, in bytes."
  value       = local.classes[var.instance_class].memory_gib * pow(1024, 3)
}

output "resource_id" {
  description = "ID that policies for rds-db:connect name, different from the identifier."
  value       = aws_db_instance.this.resource_id
}

output "subnet_group_name" {
  description = "Name of the subnet group, made here or given."
  value       = local.subnet_group_name
}

output "parameter_group_name" {
  description = "Name of the parameter group."
  value       = aws_db_parameter_group.this.name
}
