mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
}

variables {
  project                  = "cloudplatform"
  environment              = "prod"
  account_id               = "000000000000"
  kms_key_arn              = "arn:aws:kms:us-east-1:000000000000:key/mock"
  permissions_boundary_arn = "arn:aws:iam::000000000000:policy/mock-boundary"
  resource_arns            = ["arn:aws:rds:us-east-1:000000000000:db:cloudplatform-prod-rds-postgres"]
}

run "one_point_a_day_is_kept_for_a_month" {
  command = apply

  assert {
    condition     = one(aws_backup_plan.this.rule).schedule == "cron(0 9 * * ? *)" && one(one(aws_backup_plan.this.rule).lifecycle).delete_after == 30
    error_message = "Daily, after the database's own windows, for thirty days."
  }

  assert {
    condition     = one(aws_backup_plan.this.rule).target_vault_name == "cloudplatform-prod-vault-backup" && aws_backup_vault.this.kms_key_arn == var.kms_key_arn && !aws_backup_vault.this.force_destroy
    error_message = "Points lie in a vault under our key, which does not go while it holds any."
  }

  assert {
    condition     = one(one(aws_backup_plan.this.rule).lifecycle).cold_storage_after == null && length(aws_backup_vault_lock_configuration.this) == 0
    error_message = "No cold storage and no lock unless asked for."
  }

  assert {
    condition     = aws_backup_selection.this.resources == toset(var.resource_arns) && aws_backup_selection.this.plan_id == aws_backup_plan.this.id && aws_backup_selection.this.iam_role_arn == aws_iam_role.backup.arn
    error_message = "What is named is backed up, by our role."
  }
}

run "the_role_is_bounded_and_for_this_account_only" {
  command = plan

  assert {
    condition     = aws_iam_role.backup.permissions_boundary == var.permissions_boundary_arn
    error_message = "The role is bounded."
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.backup.assume_role_policy).Statement) == jsonencode([{
      Action    = "sts:AssumeRole"
      Condition = { StringEqualsIfExists = { "aws:SourceAccount" = "000000000000" } }
      Effect    = "Allow"
      Principal = { Service = "backup.amazonaws.com" }
    }])
    error_message = "Only AWS Backup, for this account."
  }

  assert {
    condition = jsonencode([for a in aws_iam_role_policy_attachment.backup : a.policy_arn]) == jsonencode([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ])
    error_message = "It may back up and restore, nothing else."
  }
}

run "a_lock_can_be_taken_off_again" {
  command = plan

  variables {
    vault_lock_days = 7
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this[0].min_retention_days == 7 && aws_backup_vault_lock_configuration.this[0].max_retention_days == 365
    error_message = "Points live a week at least and a year at most."
  }

  # Guards against a vault that nobody can ever delete.
  assert {
    condition     = aws_backup_vault_lock_configuration.this[0].changeable_for_days == null
    error_message = "Governance mode, not compliance mode."
  }
}

run "old_points_can_go_to_cold_storage" {
  command = plan

  variables {
    retention_days          = 180
    cold_storage_after_days = 30
  }

  assert {
    condition     = one(one(aws_backup_plan.this.rule).lifecycle).cold_storage_after == 30 && one(one(aws_backup_plan.this.rule).lifecycle).opt_in_to_archive_for_supported_resources
    error_message = "After a month in reach, cold storage."
  }
}

run "a_lock_longer_than_points_live_is_refused" {
  command = plan

  variables {
    retention_days  = 7
    vault_lock_days = 14
  }

  expect_failures = [var.vault_lock_days]
}

run "cold_storage_for_less_than_90_days_is_refused" {
  command = plan

  variables {
    retention_days          = 60
    cold_storage_after_days = 30
  }

  expect_failures = [var.cold_storage_after_days]
}

run "a_plan_for_nothing_is_refused" {
  command = plan

  variables {
    resource_arns = []
  }

  expect_failures = [var.resource_arns]
}

run "a_rate_is_refused" {
  command = plan

  variables {
    schedule = "rate(1 day)"
  }

  expect_failures = [var.schedule]
}

run "points_for_longer_than_a_locked_vault_takes_are_refused" {
  command = plan

  variables {
    retention_days = 400
  }

  expect_failures = [var.retention_days]
}
