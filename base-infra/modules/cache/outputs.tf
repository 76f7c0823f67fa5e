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
