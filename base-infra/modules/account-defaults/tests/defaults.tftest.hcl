mock_provider "aws" {}

variables {
  account_id  = "000000000000"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "a_new_volume_is_encrypted_with_our_key" {
  command = plan

  assert {
    condition     = aws_ebs_encryption_by_default.this.enabled && aws_ebs_default_kms_key.this.key_arn == var.kms_key_arn
    error_message = "A volume that says nothing of encryption must be encrypted, and with the key that we control."
  }
}

run "nothing_can_be_shared_with_the_world" {
  command = plan

  assert {
    condition     = aws_ebs_snapshot_block_public_access.this.state == "block-all-sharing"
    error_message = "Snapshots that were public already must be closed, too."
  }

  assert {
    condition = (
      aws_s3_account_public_access_block.this[0].account_id == "000000000000"
      && aws_s3_account_public_access_block.this[0].block_public_acls
      && aws_s3_account_public_access_block.this[0].block_public_policy
      && aws_s3_account_public_access_block.this[0].ignore_public_acls
      && aws_s3_account_public_access_block.this[0].restrict_public_buckets
    )
    error_message = "All four parts of the block are needed: each leaves a way open that another closes."
  }
}

run "a_new_instance_gives_its_credentials_to_itself_only" {
  command = plan

  assert {
    condition     = aws_ec2_instance_metadata_defaults.this.http_tokens == "required" && aws_ec2_instance_metadata_defaults.this.http_put_response_hop_limit == 1
    error_message = "A request that is only passed on must not bring credentials back: token needed, one hop."
  }
}

run "passwords_are_long_varied_and_new" {
  command = plan

  assert {
    condition = jsonencode([
      aws_iam_account_password_policy.this.minimum_password_length,
      aws_iam_account_password_policy.this.max_password_age,
      aws_iam_account_password_policy.this.password_reuse_prevention,
      aws_iam_account_password_policy.this.require_lowercase_characters,
      aws_iam_account_password_policy.this.require_numbers,
      aws_iam_account_password_policy.this.require_symbols,
      aws_iam_account_password_policy.this.require_uppercase_characters,
    ]) == jsonencode([14, 90, 24, true, true, true, true])
    error_message = "The password policy is weaker than what the benchmark asks for."
  }
}

run "the_block_of_all_buckets_can_be_left_out" {
  command = plan

  variables {
    block_public_buckets = false
  }

  assert {
    condition     = length(aws_s3_account_public_access_block.this) == 0
    error_message = "An account that serves a website from a bucket must be possible."
  }
}

run "an_alias_is_no_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:000000000000:alias/mock"
  }

  expect_failures = [var.kms_key_arn]
}

run "short_passwords_are_refused" {
  command = plan

  variables {
    minimum_password_length = 8
  }

  expect_failures = [var.minimum_password_length]
}

run "passwords_that_never_end_are_refused" {
  command = plan

  variables {
    maximum_password_age_days = 0
  }

  expect_failures = [var.maximum_password_age_days]
}

run "an_account_has_twelve_digits" {
  command = plan

  variables {
    account_id = "1234"
  }

  expect_failures = [var.account_id]
}
