mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_db_instance" {
    defaults = { master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock", secret_status = "active", kms_key_id = "mock" }] }
  }
}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  account_id         = "000000000000"
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids = ["sg-mock"]
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
  db_name            = "app"
  master_username    = "app_owner"
}

run "data_is_private_and_encrypted" {
  command = plan

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn && !aws_db_instance.this.publicly_accessible
    error_message = "The database is encrypted with our key and has no public address."
  }

  assert {
    condition     = one([for p in aws_db_parameter_group.this.parameter : p.value if p.name == "rds.force_ssl"]) == "1"
    error_message = "Connections without TLS must be refused."
  }

  # Guards against a password in the state.
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null && aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn
    error_message = "RDS makes the master password and keeps it under our key."
  }

  assert {
    condition     = aws_db_instance.this.identifier == "cloudplatform-dev-rds-postgres" && aws_cloudwatch_log_group.postgresql.name == "/aws/rds/instance/cloudplatform-dev-rds-postgres/postgresql"
    error_message = "The names are not those of the naming convention."
  }

  assert {
    condition     = aws_db_instance.this.instance_class == "db.t4g.micro" && aws_db_instance.this.allocated_storage == 20 && aws_db_instance.this.backup_retention_period == 7 && !aws_db_instance.this.multi_az
    error_message = "The defaults are dev's sizes."
  }
}

# Guards against an alarm at 80 % of a limit that is not the real one.
run "the_connection_limit_follows_the_class" {
  command = plan

  variables {
    instance_class = "db.t4g.medium"
  }

  assert {
    condition     = one([for p in aws_db_parameter_group.this.parameter : p.value if p.name == "max_connections"]) == "400" && output.max_connections == 400
    error_message = "A medium instance allows 400 connections."
  }
}

run "a_protected_database_leaves_a_last_snapshot" {
  command = plan

  variables {
    environment         = "prod"
    deletion_protection = true
    monitoring_interval = 60
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == "cloudplatform-prod-rds-postgres-final"
    error_message = "A protected database cannot go without a last snapshot."
  }

  assert {
    condition     = length(aws_iam_role.monitoring) == 1
    error_message = "Enhanced Monitoring needs its role."
  }
}

run "a_usual_master_name_is_refused" {
  command = plan

  variables {
    master_username = "postgres"
  }

  expect_failures = [var.master_username]
}

run "a_class_without_a_connection_limit_is_refused" {
  command = plan

  variables {
    instance_class = "db.r6g.large"
  }

  expect_failures = [var.instance_class]
}

run "too_short_a_backup_is_refused" {
  command = plan

  variables {
    backup_retention_period = 0
  }

  expect_failures = [var.backup_retention_period]
}
