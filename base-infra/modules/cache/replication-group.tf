locals {
  name     = "${var.project}-${var.environment}"
  group_id = "${local.name}-redis"
}

resource "aws_elasticache_replication_group" "this" {
  # checkov:skip=CKV_AWS_31:the AUTH token is set outside of Terraform, so that it is in no state; TLS is required
  # checkov:skip=CKV2_AWS_50:failover follows replica_count, which the scanner compares as text
  replication_group_id = local.group_id
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

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.this

    content {
      log_type         = log_delivery_configuration.key
      log_format       = "json"
      destination_type = "cloudwatch-logs"
      destination      = log_delivery_configuration.value.name
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-redis" })

  lifecycle {
    # scripts/rotate-secrets gives the group its AUTH token (first ROTATE, then SET), so that it lies in no state.
    ignore_changes = [auth_token, auth_token_update_strategy]
  }
}
