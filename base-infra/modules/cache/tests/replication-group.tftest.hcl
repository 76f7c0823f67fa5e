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
}

run "one_node_has_no_failover" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.num_cache_clusters == 1 && !aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.node_type == "cache.t4g.micro"
    error_message = "dev has one small node."
  }
}

run "a_replica_brings_failover_over_zones" {
  command = plan

  variables {
    environment   = "prod"
    node_type     = "cache.t4g.medium"
    replica_count = 1
  }

  assert {
    condition     = aws_elasticache_replication_group.this.num_cache_clusters == 2 && aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.multi_az_enabled
    error_message = "With a replica, failover over zones must be on."
  }
}

run "redis_can_be_asked_for" {
  command = plan

  variables {
    engine = "redis"
  }

  assert {
    condition     = aws_elasticache_replication_group.this.engine_version == "7.1" && aws_elasticache_parameter_group.this.family == "redis7"
    error_message = "Version and parameter family must belong to the engine."
  }
}

run "another_engine_is_refused" {
  command = plan

  variables {
    engine = "memcached"
  }

  expect_failures = [var.engine]
}
