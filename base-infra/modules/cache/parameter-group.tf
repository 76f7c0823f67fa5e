locals {
  # Versions and families belong together.
  engines = {
    redis  = { version = "7.1", family = "redis7" }
    valkey = { version = "8.0", family = "valkey8" }
  }
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${local.name}-cacheparams-${local.engines[var.engine].family}"
  description = "Settings of the cache of ${local.name}"
  family      = local.engines[var.engine].family

  # A cache drops what was used least; the default refuses writes when memory is full.
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }

  tags = merge(var.tags, { Name = "${local.name}-cacheparams-${local.engines[var.engine].family}" })

  # Another engine brings another group, and the old one cannot go while the cache still uses it.
  lifecycle {
    create_before_destroy = true
  }
}
