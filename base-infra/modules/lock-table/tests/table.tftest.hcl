mock_provider "aws" {}

variables {
  name        = "cloudplatform-global-terraform-lock"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "terraform_finds_what_it_expects" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.this.hash_key == "LockID" && one(aws_dynamodb_table.this.attribute).type == "S"
    error_message = "Terraform locks under the key LockID, a string."
  }

  assert {
    condition     = aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
    error_message = "A lock is a few requests a day: the table is paid by request."
  }
}

run "the_table_is_kept" {
  command = plan

  assert {
    condition     = one(aws_dynamodb_table.this.server_side_encryption).kms_key_arn == var.kms_key_arn && one(aws_dynamodb_table.this.point_in_time_recovery).enabled
    error_message = "The table is encrypted with the given key and can be brought back."
  }

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "The table is protected unless somebody says that it is disposable."
  }
}

run "a_disposable_table_can_go" {
  command = plan

  variables {
    deletion_protection = false
  }

  assert {
    condition     = !aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "A disposable table must be deletable."
  }
}

run "a_name_with_a_slash_is_refused" {
  command = plan

  variables {
    name = "terraform/lock"
  }

  expect_failures = [var.name]
}
