mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_db_instance" {
    defaults = { master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock", secret_status = "active", kms_key_id = "mock" }] }
  }
}

variables {
  project                  = "cloudplatform"
  environment              = "dev"
  account_id               = "000000000000"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids       = ["sg-mock"]
  kms_key_arn              = "arn:aws:kms:us-east-1:000000000000:key/mock"
  permissions_boundary_arn = "arn:aws:iam::000000000000:policy/mock-boundary"
  db_name                  = "app"
  master_username          = "app_owner"
}

run "data_is_private_and_encrypted" {
  command = plan

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn && !aws_db_instance.this.publicly_accessible
    error_message = "The database is encrypted with our key and has no public address."
  }

  # Guards against a password in the state.
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null && aws_db_instance.this.password_wo_version == null && aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn
    error_message = "RDS makes the master password and keeps it under our key."
  }

  assert {
    condition     = aws_db_instance.this.iam_database_authentication_enabled
    error_message = "People must be able to log in with a token of their own."
  }

  assert {
    condition     = aws_db_instance.this.identifier == "cloudplatform-dev-rds-postgres" && aws_cloudwatch_log_group.postgresql.name == "/aws/rds/instance/cloudplatform-dev-rds-postgres/postgresql"
    error_message = "The names are not those of the naming convention."
  }

  assert {
    condition     = aws_cloudwatch_log_group.postgresql.kms_key_id == var.kms_key_arn && tolist(aws_db_instance.this.enabled_cloudwatch_logs_exports) == tolist(["postgresql"])
    error_message = "The log goes to CloudWatch and is encrypted with our key."
  }
}

run "the_defaults_are_the_sizes_of_dev" {
  command = plan

  assert {
    condition     = aws_db_instance.this.instance_class == "db.t4g.micro" && aws_db_instance.this.allocated_storage == 20 && aws_db_instance.this.max_allocated_storage == 100 && aws_db_instance.this.storage_type == "gp3"
    error_message = "A micro instance with 20 GB that may grow to 100."
  }

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 7 && !aws_db_instance.this.multi_az && !aws_db_instance.this.deletion_protection && !aws_db_instance.this.performance_insights_enabled
    error_message = "Seven days of backups, one zone, no protection, no Performance Insights."
  }

  assert {
    condition     = aws_db_instance.this.engine_version == "17" && aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.this.auto_minor_version_upgrade && aws_db_instance.this.engine_lifecycle_support == "open-source-rds-extended-support-disabled"
    error_message = "PostgreSQL 17, minor versions by RDS, no paid extended support."
  }

  assert {
    condition     = aws_db_instance.this.monitoring_interval == 0 && length(aws_iam_role.monitoring) == 0
    error_message = "Without Enhanced Monitoring there is no role for it."
  }
}

# Written out by hand: the module's own table must agree.
run "every_parameter_is_the_agreed_one" {
  command = plan

  assert {
    condition = jsonencode({ for p in aws_db_parameter_group.this.parameter : p.name => [p.value, p.apply_method] }) == jsonencode({
      "rds.force_ssl"                       = ["1", "immediate"]
      "ssl_min_protocol_version"            = ["TLSv1.2", "immediate"]
      "max_connections"                     = ["100", "pending-reboot"]
      "shared_preload_libraries"            = ["pg_stat_statements,pgaudit", "pending-reboot"]
      "pgaudit.log"                         = ["ddl,role", "immediate"]
      "log_connections"                     = ["1", "immediate"]
      "log_disconnections"                  = ["1", "immediate"]
      "log_lock_waits"                      = ["1", "immediate"]
      "log_min_duration_statement"          = ["1000", "immediate"]
      "log_temp_files"                      = ["10240", "immediate"]
      "idle_in_transaction_session_timeout" = ["300000", "immediate"]
    })
    error_message = "TLS 1.2 is forced, connections are limited, structure and rights are audited, slow statements are logged."
  }
}

run "the_password_changes_every_30_days_and_not_at_once" {
  command = apply

  assert {
    condition     = aws_secretsmanager_secret_rotation.master[0].secret_id == output.master_secret_arn && one(aws_secretsmanager_secret_rotation.master[0].rotation_rules).automatically_after_days == 30
    error_message = "RDS's own secret rotates every 30 days."
  }

  # A rotation while the first tasks start would hand them a password that is already gone.
  assert {
    condition     = !aws_secretsmanager_secret_rotation.master[0].rotate_immediately && aws_secretsmanager_secret_rotation.master[0].rotation_lambda_arn == null
    error_message = "RDS rotates by itself, without a function, and not at the moment of creation."
  }
}

run "the_schedule_can_be_left_to_rds" {
  command = plan

  variables {
    rotation_days = null
  }

  assert {
    condition     = length(aws_secretsmanager_secret_rotation.master) == 0
    error_message = "Without rotation_days RDS keeps its own schedule."
  }
}

run "a_group_of_data_subnets_is_made" {
  command = plan

  assert {
    condition     = aws_db_instance.this.db_subnet_group_name == "cloudplatform-dev-dbsubnets" && aws_db_subnet_group.this[0].subnet_ids == toset(["subnet-a", "subnet-b", "subnet-c"]) && output.subnet_group_name == "cloudplatform-dev-dbsubnets"
    error_message = "The instance stands in a group of the given subnets."
  }
}

run "an_existing_subnet_group_is_used" {
  command = plan

  variables {
    subnet_ids        = []
    subnet_group_name = "shared-data"
  }

  assert {
    condition     = aws_db_instance.this.db_subnet_group_name == "shared-data" && length(aws_db_subnet_group.this) == 0
    error_message = "A given group is used as it is."
  }
}

run "prod_has_a_standby_is_watched_and_leaves_a_last_snapshot" {
  command = apply

  variables {
    environment             = "prod"
    instance_class          = "db.t4g.medium"
    allocated_storage       = 100
    max_allocated_storage   = 500
    multi_az                = true
    backup_retention_period = 30
    deletion_protection     = true
    performance_insights    = true
    monitoring_interval     = 60
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period == 30 && aws_db_instance.this.copy_tags_to_snapshot
    error_message = "A standby in another zone, thirty days of backups."
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == "cloudplatform-prod-rds-postgres-final"
    error_message = "A protected database cannot go without a last snapshot."
  }

  assert {
    condition     = aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.database_insights_mode == "standard" && aws_db_instance.this.performance_insights_kms_key_id == var.kms_key_arn
    error_message = "Performance Insights runs in Database Insights' standard mode, under our key."
  }

  assert {
    condition     = aws_db_instance.this.monitoring_interval == 60 && aws_db_instance.this.monitoring_role_arn == aws_iam_role.monitoring[0].arn && jsondecode(aws_iam_role.monitoring[0].assume_role_policy).Statement[0].Principal.Service == "monitoring.rds.amazonaws.com"
    error_message = "Enhanced Monitoring needs a role that RDS's monitoring may take."
  }

  assert {
    condition     = aws_iam_role.monitoring[0].permissions_boundary == var.permissions_boundary_arn
    error_message = "The role is bounded."
  }
}
