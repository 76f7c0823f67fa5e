mock_provider "aws" {
  override_resource {
    target = aws_secretsmanager_secret.this["database-credentials"]
    values = { arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:database-credentials", id = "arn:aws:secretsmanager:us-east-1:000000000000:secret:database-credentials" }
  }

  override_resource {
    target = aws_secretsmanager_secret.this["redis-auth-token"]
    values = { arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:redis-auth-token", id = "arn:aws:secretsmanager:us-east-1:000000000000:secret:redis-auth-token" }
  }

  override_resource {
    target = aws_secretsmanager_secret.this["jwt-secret"]
    values = { arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:jwt-secret", id = "arn:aws:secretsmanager:us-east-1:000000000000:secret:jwt-secret" }
  }

  override_resource {
    target = aws_secretsmanager_secret.this["external-api-keys"]
    values = { arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:external-api-keys", id = "arn:aws:secretsmanager:us-east-1:000000000000:secret:external-api-keys" }
  }

  override_resource {
    target = aws_secretsmanager_secret.this["slack-webhook"]
    values = { arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:slack-webhook", id = "arn:aws:secretsmanager:us-east-1:000000000000:secret:slack-webhook" }
  }
}

variables {
  project     = "cloudplatform"
  environment = "dev"
  account_id  = "000000000000"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock"

  database = {
    host              = "db.example.com"
    port              = 5432
    name              = "app"
    username          = "app_owner"
    master_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:rds!db-mock"
  }
}

# Written out by hand: the module's own table must agree.
run "the_five_secrets_have_their_names" {
  command = plan

  assert {
    condition = jsonencode(output.names) == jsonencode({
      database-credentials = "/dev/database/credentials"
      external-api-keys    = "/dev/app/external-api-keys"
      jwt-secret           = "/dev/app/jwt-secret"
      redis-auth-token     = "/dev/redis/auth-token"
      slack-webhook        = "/dev/monitoring/slack-webhook"
    })
    error_message = "Five secrets, each under its name."
  }

  assert {
    condition = jsonencode({ for use, secret in aws_secretsmanager_secret.this : use => secret.tags["opsplane:json-keys"] }) == jsonencode({
      database-credentials = "username host port database password_secret_arn"
      external-api-keys    = "one for each service"
      jwt-secret           = "current previous"
      redis-auth-token     = "token"
      slack-webhook        = "url"
    })
    error_message = "Each secret says which keys its JSON text has."
  }

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : endswith(secret.description, ".") && strcontains(secret.description, "JSON keys: ")])
    error_message = "Each description names the keys, too."
  }

  # Secrets Manager refuses a tag with another character.
  assert {
    condition     = alltrue(flatten([for secret in aws_secretsmanager_secret.this : [for value in values(secret.tags) : can(regex("^[A-Za-z0-9 _.:/=+@-]+$", value))]]))
    error_message = "Tags keep to their alphabet."
  }
}

run "secrets_are_encrypted_and_can_be_brought_back" {
  command = plan

  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == var.kms_key_arn && secret.recovery_window_in_days == 30])
    error_message = "Our key, and thirty days to change one's mind."
  }
}

run "nobody_from_another_account_may_touch_them" {
  command = apply

  assert {
    condition = alltrue([
      for policy in aws_secretsmanager_secret_policy.this : jsonencode(jsondecode(policy.policy).Statement) == jsonencode([{
        Action    = "secretsmanager:*"
        Condition = { Bool = { "aws:PrincipalIsAWSService" = "false" }, StringNotEquals = { "aws:PrincipalAccount" = "000000000000" } }
        Effect    = "Deny"
        Principal = "*"
        Resource  = "*"
        Sid       = "RefuseOtherAccounts"
      }])
    ])
    error_message = "Each policy refuses every account but ours, and leaves AWS services alone."
  }

  assert {
    condition     = length(distinct([for policy in aws_secretsmanager_secret_policy.this : policy.secret_arn])) == 5 && alltrue([for policy in aws_secretsmanager_secret_policy.this : policy.block_public_policy])
    error_message = "Each secret has its policy, and none can be made public."
  }
}

# Guards against a value in the state: a write-only argument is read back as null.
run "only_the_databases_document_is_written_and_not_kept" {
  command = apply

  assert {
    condition     = aws_secretsmanager_secret_version.database.secret_id == "arn:aws:secretsmanager:us-east-1:000000000000:secret:database-credentials"
    error_message = "The document belongs to the database's secret."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.database.secret_string_wo == null
    error_message = "The document must not be in the state."
  }

  assert {
    condition = jsonencode(jsondecode(local.database_document)) == jsonencode({
      database            = "app"
      host                = "db.example.com"
      password_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:rds!db-mock"
      port                = 5432
      username            = "app_owner"
    })
    error_message = "Where, as whom, and where the password is."
  }
}

# Guards against a moved database that nobody hears of: a write-only value is never compared.
run "a_document_has_its_number" {
  command = plan

  assert {
    condition     = aws_secretsmanager_secret_version.database.secret_string_wo_version == 44099242
    error_message = "The number is made from the document alone."
  }
}

run "another_host_has_another_number" {
  command = plan

  variables {
    database = {
      host              = "other.example.com"
      port              = 5432
      name              = "app"
      username          = "app_owner"
      master_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:rds!db-mock"
    }
  }

  assert {
    condition     = aws_secretsmanager_secret_version.database.secret_string_wo_version != 44099242
    error_message = "Another document is written again."
  }
}

run "a_password_in_the_place_of_an_arn_is_refused" {
  command = plan

  variables {
    database = { host = "db.example.com", port = 5432, name = "app", username = "app_owner", master_secret_arn = "not-a-secret" }
  }

  expect_failures = [var.database]
}

run "a_window_that_aws_does_not_know_is_refused" {
  command = plan

  variables {
    recovery_window_days = 3
  }

  expect_failures = [var.recovery_window_days]
}

run "prod_without_a_way_back_is_refused" {
  command = plan

  variables {
    environment          = "prod"
    recovery_window_days = 0
  }

  expect_failures = [var.recovery_window_days]
}
