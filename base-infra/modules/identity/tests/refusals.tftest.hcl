mock_provider "aws" {}

variables {
  project                 = "cloudplatform"
  account_id              = "000000000000"
  region                  = "us-east-1"
  domain_name             = "example.com"
  repository_arns         = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  state_bucket_arn        = "arn:aws:s3:::cloudplatform-terraform-state-000000000000"
  github_subject_prefixes = ["repo:example-org/platform"]
}

run "a_wildcard_for_the_repository_is_refused" {
  command = plan

  variables {
    github_subject_prefixes = ["repo:example-org/*"]
  }

  expect_failures = [var.github_subject_prefixes]
}

run "a_wildcard_after_the_repository_is_refused" {
  command = plan

  variables {
    github_subject_prefixes = ["repo:example-org/platform:*"]
  }

  expect_failures = [var.github_subject_prefixes]
}

run "one_bad_prefix_among_good_ones_is_refused" {
  command = plan

  variables {
    github_subject_prefixes = ["repo:example-org/platform", "*"]
  }

  expect_failures = [var.github_subject_prefixes]
}

run "no_prefix_at_all_is_refused" {
  command = plan

  variables {
    github_subject_prefixes = []
  }

  expect_failures = [var.github_subject_prefixes]
}

run "break_glass_for_everybody_is_refused" {
  command = plan

  variables {
    break_glass_principal_arns = ["arn:aws:iam::000000000000:user/*"]
  }

  expect_failures = [var.break_glass_principal_arns]
}

run "a_developer_of_another_account_is_refused" {
  command = plan

  variables {
    developer_principal_arns = ["arn:aws:iam::111111111111:user/developer"]
  }

  expect_failures = [var.developer_principal_arns]
}

run "every_repository_is_refused" {
  command = plan

  variables {
    repository_arns = ["arn:aws:ecr:us-east-1:000000000000:repository/*"]
  }

  expect_failures = [var.repository_arns]
}

run "a_bucket_by_name_is_refused" {
  command = plan

  variables {
    state_bucket_arn = "cloudplatform-terraform-state"
  }

  expect_failures = [var.state_bucket_arn]
}

run "a_domain_with_a_wildcard_is_refused" {
  command = plan

  variables {
    domain_name = "*.example.com"
  }

  expect_failures = [var.domain_name]
}

run "an_account_by_name_is_refused" {
  command = plan

  variables {
    account_id = "production"
  }

  expect_failures = [var.account_id]
}

run "a_project_with_a_hyphen_is_refused" {
  command = plan

  variables {
    project = "cloud-platform"
  }

  expect_failures = [var.project]
}
