mock_provider "aws" {}

variables {
  name        = "cloudplatform-dev-logs-000000000000"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "nothing_is_public_and_nothing_is_plain" {
  command = apply

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All four public access blocks must be on."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.this.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Plain HTTP must be refused."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "With a key given, objects are encrypted with it."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.this[0].versioning_configuration).status == "Enabled" && length(aws_s3_bucket_object_lock_configuration.this) == 0
    error_message = "Versions are kept; nothing is locked unasked."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.this.rule[0].transition).days == 90
    error_message = "Objects move to Glacier after 90 days."
  }
}

# Guards against a bucket for load-balancer logs that the log delivery cannot write to.
run "without_a_key_s3_encrypts" {
  command = plan

  variables {
    kms_key_arn = null
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Without a key the bucket uses SSE-S3."
  }
}

run "without_a_key_no_encryption_is_refused" {
  command = apply

  variables {
    kms_key_arn = null
  }

  assert {
    condition     = jsonencode([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : s.Sid]) == jsonencode(["RefusePlainHttp", "RefuseKeysThatAwsDoesNotHold"])
    error_message = "Log delivery must not be refused."
  }
}

# Written out by hand. Services that deliver in their own name pass; an upload without a wish passes.
run "another_key_is_refused" {
  command = apply

  assert {
    condition = jsonencode({ for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : s.Sid => s.Condition if s.Sid != "RefusePlainHttp" }) == jsonencode({
      RefuseKeysThatAwsDoesNotHold = { Null = { "s3:x-amz-server-side-encryption-customer-algorithm" = "false" } }
      RefuseOtherEncryption = {
        Bool            = { "aws:PrincipalIsAWSService" = "false" }
        Null            = { "s3:x-amz-server-side-encryption" = "false" }
        StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" }
      }
      RefuseOtherKeys = {
        Bool            = { "aws:PrincipalIsAWSService" = "false" }
        StringEquals    = { "s3:x-amz-server-side-encryption" = "aws:kms" }
        StringNotEquals = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = "arn:aws:kms:us-east-1:000000000000:key/mock" }
      }
    })
    error_message = "Only our key, or none named."
  }

  assert {
    condition     = alltrue([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : s.Effect == "Deny"])
    error_message = "The module lets nobody in by itself."
  }

  assert {
    condition     = alltrue([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : contains(flatten([s.Resource]), "arn:aws:s3:::cloudplatform-dev-logs-000000000000/*")])
    error_message = "Every refusal holds for all objects of this bucket."
  }
}

run "requests_are_logged_under_the_buckets_name" {
  command = plan

  variables {
    access_log_bucket = "cloudplatform-dev-alb-logs-000000000000"
  }

  assert {
    condition     = aws_s3_bucket_logging.this[0].target_bucket == "cloudplatform-dev-alb-logs-000000000000" && aws_s3_bucket_logging.this[0].target_prefix == "s3/cloudplatform-dev-logs-000000000000/"
    error_message = "Each bucket has its own folder in the log bucket."
  }
}

run "old_versions_go_and_objects_stay" {
  command = plan

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration).noncurrent_days == 90
    error_message = "A version that was overwritten goes after 90 days."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration).expired_object_delete_marker && length(aws_s3_bucket_logging.this) == 0
    error_message = "Objects have no end unless one is given; marks of deleted ones are cleared away."
  }
}

run "logs_end_and_have_no_versions" {
  command = plan

  variables {
    versioning        = false
    expire_after_days = 365
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration).days == 365 && length(aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration) == 0 && length(aws_s3_bucket_versioning.this) == 0
    error_message = "Objects end after a year; without versions there are none to clear away."
  }
}

# Guards against a state file that cannot be read before it is restored.
run "what_must_stay_at_hand_stays" {
  command = plan

  variables {
    glacier_after_days = null
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this.rule[0].transition) == 0
    error_message = "Nothing moves to Glacier."
  }
}

run "a_trail_can_be_locked" {
  command = plan

  variables {
    object_lock_days = 90
  }

  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && one(aws_s3_bucket_object_lock_configuration.this[0].rule).default_retention[0].mode == "GOVERNANCE" && one(aws_s3_bucket_object_lock_configuration.this[0].rule).default_retention[0].days == 90
    error_message = "Objects cannot be deleted or overwritten for 90 days."
  }
}

run "a_log_of_itself_is_refused" {
  command = plan

  variables {
    access_log_bucket = "cloudplatform-dev-logs-000000000000"
  }

  expect_failures = [var.access_log_bucket]
}

run "versions_that_never_were_are_refused" {
  command = plan

  variables {
    expire_versions_after_days = 0
  }

  expect_failures = [var.expire_versions_after_days]
}

run "given_statements_follow_the_refusal" {
  command = apply

  variables {
    policy_statements = ["{\"Effect\":\"Allow\",\"Sid\":\"Given\"}"]
  }

  assert {
    condition     = jsonencode([for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : s.Sid]) == jsonencode(["RefusePlainHttp", "RefuseKeysThatAwsDoesNotHold", "RefuseOtherEncryption", "RefuseOtherKeys", "Given"])
    error_message = "Statements are added to the refusals, never instead of them."
  }
}

run "a_lock_without_versions_is_refused" {
  command = plan

  variables {
    versioning       = false
    object_lock_days = 30
  }

  expect_failures = [var.object_lock_days]
}

run "expiry_before_glacier_is_refused" {
  command = plan

  variables {
    expire_after_days = 30
  }

  expect_failures = [var.expire_after_days]
}

run "a_name_with_dots_is_refused" {
  command = plan

  variables {
    name = "logs.example.com"
  }

  expect_failures = [var.name]
}
