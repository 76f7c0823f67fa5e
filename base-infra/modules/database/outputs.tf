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
