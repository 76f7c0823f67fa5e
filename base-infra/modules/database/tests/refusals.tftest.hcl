mock_provider "aws" {}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  account_id         = "000000000000"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_ids = ["sg-mock"]
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
  db_name            = "app"
  master_username    = "app_owner"
}

run "a_password_is_refused" {
  command = plan

  variables {
    master_password = "not-a-secret"
  }

  expect_failures = [var.master_password]
}

run "a_usual_master_name_is_refused" {
  command = plan

  variables {
    master_username = "postgres"
  }

  expect_failures = [var.master_username]
}

run "no_backup_at_all_is_refused" {
  command = plan

  variables {
    backup_retention_period = 0
  }

  expect_failures = [var.backup_retention_period]
}

run "prod_without_a_month_of_backups_is_refused" {
  command = plan

  variables {
    environment             = "prod"
    deletion_protection     = true
    backup_retention_period = 14
  }

  expect_failures = [var.backup_retention_period]
}

run "prod_without_protection_is_refused" {
  command = plan

  variables {
    environment             = "prod"
    backup_retention_period = 30
    deletion_protection     = false
  }

  expect_failures = [var.deletion_protection]
}

run "one_subnet_is_refused" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}

run "subnets_beside_an_existing_group_are_refused" {
  command = plan

  variables {
    subnet_group_name = "shared-data"
  }

  expect_failures = [var.subnet_ids]
}

run "a_rotation_rarer_than_90_days_is_refused" {
  command = plan

  variables {
    rotation_days = 120
  }

  expect_failures = [var.rotation_days]
}

run "storage_that_cannot_grow_is_refused" {
  command = plan

  variables {
    max_allocated_storage = 20
  }

  expect_failures = [var.max_allocated_storage]
}

run "a_version_with_its_minor_is_refused" {
  command = plan

  variables {
    engine_version = "17.4"
  }

  expect_failures = [var.engine_version]
}
