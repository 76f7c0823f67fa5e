output "primary_endpoint_address" {
  description = "Host name of the node that takes writes."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "port" {
  description = "TCP port of the cache."
  value       = aws_elasticache_replication_group.this.port
}

output "id" {
  description = "ID of the replication group."
  value       = aws_elasticache_replication_group.this.id
}

output "primary_cluster_id" {
  description = "ID of the first member, as CloudWatch metrics name it."
  value       = "${aws_elasticache_replication_group.this.id}-001"
}

output "replica_count" {
  description = "Replicas beside the primary."
  value       = var.replica_count
}

output "subnet_group_name" {
  description = "Name of the subnet group."
  value       = aws_elasticache_subnet_group.this.name
}

output "parameter_group_name" {
  description = "Name of the parameter group."
  value       = aws_elasticache_parameter_group.this.name
}
