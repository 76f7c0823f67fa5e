mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mock" }
  }
}

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

run "given_statements_follow_the_refusal" {
  command = apply

  variables {
    policy_statements = ["{\"Effect\":\"Allow\",\"Sid\":\"Given\"}"]
  }

  assert {
    condition     = [for s in jsondecode(aws_s3_bucket_policy.this.policy).Statement : s.Sid] == ["RefusePlainHttp", "Given"]
    error_message = "Statements are added to the refusal of plain HTTP, never instead of it."
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
