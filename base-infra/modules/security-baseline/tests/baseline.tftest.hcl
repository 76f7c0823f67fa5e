mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }
}

variables {
  project       = "cloudplatform"
  environment   = "global"
  region        = "us-east-1"
  account_id    = "000000000000"
  kms_key_arn   = "arn:aws:kms:us-east-1:000000000000:key/mock"
  trail_bucket  = "trail"
  config_bucket = "config"
}

run "every_call_in_every_region_is_recorded" {
  command = plan

  assert {
    condition     = aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.include_global_service_events && aws_cloudtrail.this.enable_log_file_validation && aws_cloudtrail.this.kms_key_id == var.kms_key_arn
    error_message = "The trail covers all regions and global services, is encrypted, and shows when it was changed."
  }

  assert {
    condition     = aws_cloudwatch_log_group.trail.retention_in_days >= 365
    error_message = "The trail is kept for a year at least."
  }
}

run "the_six_rules_are_there_by_their_own_names" {
  command = plan

  assert {
    condition = join(" ", [for name, rule in aws_config_config_rule.this : rule.name]) == join(" ", [
      "cloudtrail-enabled", "encrypted-volumes", "iam-root-access-key-check", "rds-instance-public-access-check",
      "s3-bucket-public-read-prohibited", "vpc-flow-logs-enabled",
    ])
    error_message = "The remediation rules match these names."
  }
}

run "two_standards_are_checked" {
  command = plan

  assert {
    condition     = length(aws_securityhub_standards_subscription.this) == 2 && endswith(aws_securityhub_standards_subscription.this["cis"].standards_arn, "cis-aws-foundations-benchmark/v/3.0.0")
    error_message = "Security Hub checks AWS's own practices and the CIS benchmark."
  }

  assert {
    condition     = aws_securityhub_account.this.enable_default_standards == false
    error_message = "Which standards apply is written down here, and AWS must not add its own choice."
  }
}

run "an_environment_cannot_have_its_own" {
  command = plan

  variables {
    environment = "dev"
  }

  expect_failures = [var.environment]
}

run "config_delivers_changes_at_once_and_the_whole_picture_daily" {
  command = plan

  assert {
    condition     = aws_config_configuration_recorder.this.recording_group[0].all_supported && aws_config_configuration_recorder.this.recording_group[0].include_global_resource_types && aws_config_configuration_recorder_status.this.is_enabled
    error_message = "Everything that Config knows must be recorded, IAM included."
  }

  assert {
    condition     = aws_config_delivery_channel.this.s3_bucket_name == "config" && aws_config_delivery_channel.this.s3_kms_key_arn == var.kms_key_arn && aws_config_delivery_channel.this.snapshot_delivery_properties[0].delivery_frequency == "TwentyFour_Hours"
    error_message = "Snapshots go to Config's bucket, encrypted with our key, once a day."
  }
}

run "both_roles_are_capped" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::000000000000:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.trail.permissions_boundary == var.permissions_boundary_arn && aws_iam_role.config.permissions_boundary == var.permissions_boundary_arn
    error_message = "No role of ours may be without the boundary."
  }
}

run "both_roles_trust_their_service_for_this_account_only" {
  command = plan

  assert {
    condition = jsonencode([for role in [aws_iam_role.trail, aws_iam_role.config] : [
      for s in jsondecode(role.assume_role_policy).Statement : [s.Principal.Service, s.Condition.StringEquals["aws:SourceAccount"]]
    ]]) == jsonencode([[["cloudtrail.amazonaws.com", "000000000000"]], [["config.amazonaws.com", "000000000000"]]])
    error_message = "A service may act for this account, and must not be led to by another."
  }
}
