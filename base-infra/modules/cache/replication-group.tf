locals {
  name = "${var.project}-${var.environment}"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "${local.name}-redis"
  description          = "Cache of ${local.name}"
  engine               = var.engine
  engine_version       = local.engines[var.engine].version
  node_type            = var.node_type
  port                 = var.port

  num_cache_clusters         = var.replica_count + 1
  automatic_failover_enabled = var.replica_count > 0
  multi_az_enabled           = var.replica_count > 0

  parameter_group_name = aws_elasticache_parameter_group.this.name
  subnet_group_name    = aws_elasticache_subnet_group.this.name
  security_group_ids   = var.security_group_ids

  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"

  # Times are UTC: night in New York.
  snapshot_retention_limit   = var.snapshot_retention_days
  snapshot_window            = "05:00-06:00"
  maintenance_window         = "sun:08:30-sun:09:30"
  auto_minor_version_upgrade = true

  tags = merge(var.tags, { Name = "${local.name}-redis" })
}
