mock_provider "aws" {}

variables {
  project     = "cloudplatform"
  environment = "dev"
  region      = "us-east-1"
  account_id  = "000000000000"
}

run "the_key_rotates_and_is_slow_to_go" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.rotation_period_in_days == 365 && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key rotates every year and waits 30 days before it is deleted."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/cloudplatform-dev"
    error_message = "The alias is the environment's name."
  }
}

run "an_administrator_of_another_account_is_refused" {
  command = plan

  variables {
    administrator_arns = ["arn:aws:iam::999999999999:role/devops"]
  }

  expect_failures = [var.administrator_arns]
}

# Guards against "role/*", which is everyone.
run "everyone_is_refused_as_user" {
  command = plan

  variables {
    user_role_patterns = ["arn:aws:iam::000000000000:role/*"]
  }

  expect_failures = [var.user_role_patterns]
}

run "an_unknown_service_is_refused" {
  command = plan

  variables {
    services = ["everything"]
  }

  expect_failures = [var.services]
}
