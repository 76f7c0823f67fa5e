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

run "objects_of_named_buckets_are_recorded" {
  command = plan

  variables {
    data_event_bucket_arns = { state = "arn:aws:s3:::state" }
  }

  assert {
    condition     = length(aws_cloudtrail.this.advanced_event_selector) == 2
    error_message = "Reads and writes of the named buckets must be recorded beside management events."
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
}

run "an_environment_cannot_have_its_own" {
  command = plan

  variables {
    environment = "dev"
  }

  expect_failures = [var.environment]
}
