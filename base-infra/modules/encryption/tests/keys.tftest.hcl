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
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key rotates every year and waits 30 days before it is deleted."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/cloudplatform-dev"
    error_message = "The alias is the environment's name."
  }
}

# Guards against a statement that lets CloudWatch Logs of other accounts in.
run "logs_may_use_it_for_own_log_groups_only" {
  command = plan

  assert {
    condition     = join(" ", [for s in jsondecode(aws_kms_key.this.policy).Statement : s.Sid]) == "AccountPoliciesDecide CloudWatchLogsForOwnLogGroups"
    error_message = "An environment's key is for the account and its logs."
  }

  assert {
    condition     = one([for s in jsondecode(aws_kms_key.this.policy).Statement : s.Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"] if s.Sid == "CloudWatchLogsForOwnLogGroups"]) == "arn:aws:logs:us-east-1:000000000000:log-group:*"
    error_message = "The statement for CloudWatch Logs must name our log groups."
  }
}

run "administrators_cannot_decrypt" {
  command = plan

  variables {
    administrator_arns = ["arn:aws:iam::000000000000:role/devops"]
    services           = ["logs", "cloudtrail"]
  }

  assert {
    condition     = !strcontains(jsonencode([for s in jsondecode(aws_kms_key.this.policy).Statement : s.Action if s.Sid == "AdministratorsManageButDoNotDecrypt"]), "crypt")
    error_message = "Administrators manage the key; they do not use it."
  }

  assert {
    condition     = length(jsondecode(aws_kms_key.this.policy).Statement) == 4
    error_message = "Account, administrators, logs and trail: one statement each."
  }
}

run "an_unknown_service_is_refused" {
  command = plan

  variables {
    services = ["everything"]
  }

  expect_failures = [var.services]
}
