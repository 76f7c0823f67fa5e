mock_provider "aws" {}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids = ["sg-mock"]
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "data_is_encrypted_at_rest_and_on_the_way" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.at_rest_encryption_enabled == "true" && aws_elasticache_replication_group.this.kms_key_id == var.kms_key_arn
    error_message = "Disks are encrypted with our key."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    error_message = "Connections without TLS must be refused."
  }

  # Guards against a token in the state.
  assert {
    condition     = aws_elasticache_replication_group.this.auth_token == null
    error_message = "The AUTH token is set outside of Terraform."
  }
}

run "one_small_node_has_no_failover" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.num_cache_clusters == 1 && !aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.node_type == "cache.t4g.micro"
    error_message = "dev has one small node."
  }

  assert {
    condition     = output.replica_count == 0 && aws_elasticache_replication_group.this.replication_group_id == "cloudplatform-dev-redis"
    error_message = "No replica, and the name is that of the naming convention."
  }
}

run "a_replica_brings_failover_over_zones" {
  command = plan

  variables {
    environment             = "prod"
    node_type               = "cache.t4g.medium"
    replica_count           = 1
    snapshot_retention_days = 7
  }

  assert {
    condition     = aws_elasticache_replication_group.this.num_cache_clusters == 2 && aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.multi_az_enabled && output.replica_count == 1
    error_message = "With a replica, failover over zones must be on."
  }

  assert {
    condition     = aws_elasticache_replication_group.this.snapshot_retention_limit == 7 && aws_elasticache_replication_group.this.snapshot_window == "05:00-06:00"
    error_message = "A snapshot every night, kept for a week."
  }
}

run "valkey_8_is_the_default" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.engine == "valkey" && aws_elasticache_replication_group.this.engine_version == "8.0" && aws_elasticache_parameter_group.this.family == "valkey8"
    error_message = "Version and parameter family must belong to the engine."
  }
}

run "redis_can_be_asked_for" {
  command = plan

  variables {
    engine    = "redis"
    node_type = "cache.t3.small"
  }

  assert {
    condition     = aws_elasticache_replication_group.this.engine == "redis" && aws_elasticache_replication_group.this.engine_version == "7.1" && aws_elasticache_parameter_group.this.family == "redis7"
    error_message = "Version and parameter family must belong to the engine."
  }
}

run "both_logs_are_delivered_and_encrypted" {
  command = plan

  variables {
    log_retention_days = 90
  }

  assert {
    condition = jsonencode({ for l in aws_elasticache_replication_group.this.log_delivery_configuration : l.log_type => [l.destination, l.destination_type, l.log_format] }) == jsonencode({
      engine-log = ["/aws/elasticache/cloudplatform-dev-redis/engine-log", "cloudwatch-logs", "json"]
      slow-log   = ["/aws/elasticache/cloudplatform-dev-redis/slow-log", "cloudwatch-logs", "json"]
    })
    error_message = "The slow log and the engine's log go to their groups as JSON."
  }

  assert {
    condition     = alltrue([for g in aws_cloudwatch_log_group.this : g.kms_key_id == var.kms_key_arn && g.retention_in_days == 90])
    error_message = "The groups are encrypted with our key and keep what they are told."
  }
}

run "another_engine_is_refused" {
  command = plan

  variables {
    engine = "memcached"
  }

  expect_failures = [var.engine]
}

run "a_node_type_of_another_family_is_refused" {
  command = plan

  variables {
    node_type = "cache.r7g.large"
  }

  expect_failures = [var.node_type]
}

run "a_replica_without_a_second_zone_is_refused" {
  command = plan

  variables {
    subnet_ids    = ["subnet-a"]
    replica_count = 1
  }

  expect_failures = [var.subnet_ids]
}

run "six_replicas_are_refused" {
  command = plan

  variables {
    replica_count = 6
  }

  expect_failures = [var.replica_count]
}
