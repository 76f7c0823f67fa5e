mock_provider "aws" {}

variables {
  project          = "cloudplatform"
  account_id       = "000000000000"
  repository_names = ["cloudplatform-service"]
  kms_key_arn      = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "images_cannot_be_replaced_and_are_encrypted" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this["cloudplatform-service"].image_tag_mutability == "IMMUTABLE"
    error_message = "A tag that can be moved makes a deployment by tag a matter of luck."
  }

  assert {
    condition     = one(aws_ecr_repository.this["cloudplatform-service"].image_scanning_configuration).scan_on_push
    error_message = "Images are scanned when they are pushed."
  }

  assert {
    condition = jsonencode([
      for e in aws_ecr_repository.this["cloudplatform-service"].encryption_configuration : [e.encryption_type, e.kms_key]
    ]) == jsonencode([["KMS", "arn:aws:kms:us-east-1:000000000000:key/mock"]])
    error_message = "Images are encrypted with the given key."
  }

  assert {
    condition     = !aws_ecr_repository.this["cloudplatform-service"].force_delete
    error_message = "A repository with images stays unless somebody says that they are disposable."
  }
}

# Guards against ten builds of dev expiring the image that prod runs: the order and the four counts are the point.
run "each_environment_keeps_its_ten_images" {
  command = plan

  assert {
    condition = jsonencode([
      for rule in jsondecode(aws_ecr_lifecycle_policy.this["cloudplatform-service"].policy).rules :
      "${rule.rulePriority} ${rule.selection.tagStatus} ${join("", try(rule.selection.tagPrefixList, []))} ${rule.selection.countType} ${rule.selection.countNumber}${try(rule.selection.countUnit, "")} ${rule.action.type}"
      ]) == jsonencode([
      "1 tagged prod- imageCountMoreThan 10 expire",
      "2 tagged staging- imageCountMoreThan 10 expire",
      "3 tagged dev- imageCountMoreThan 10 expire",
      "4 tagged sha- imageCountMoreThan 10 expire",
      "5 untagged  sinceImagePushed 7days expire",
    ])
    error_message = "The lifecycle is not what the platform keeps."
  }
}

run "every_image_is_scanned_and_ours_again_and_again" {
  command = plan

  assert {
    condition     = aws_ecr_registry_scanning_configuration.this.scan_type == "ENHANCED"
    error_message = "Inspector scans the registry."
  }

  assert {
    condition = sort([
      for rule in aws_ecr_registry_scanning_configuration.this.rule : "${rule.scan_frequency} ${one(rule.repository_filter).filter}"
    ]) == tolist(["CONTINUOUS_SCAN cloudplatform-*", "SCAN_ON_PUSH *"])
    error_message = "All repositories are scanned on push, ours continuously."
  }
}

run "scanning_can_stop_at_pushes" {
  command = plan

  variables {
    continuous_scan = false
  }

  assert {
    condition     = [for rule in aws_ecr_registry_scanning_configuration.this.rule : rule.scan_frequency] == ["SCAN_ON_PUSH"]
    error_message = "Without continuous scanning, pushes are still scanned."
  }
}

run "nobody_outside_the_account_gets_in" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(aws_ecr_repository_policy.this["cloudplatform-service"].policy).Statement[0].Condition) == jsonencode({
      BoolIfExists    = { "aws:PrincipalIsAWSService" = "false" }
      StringNotEquals = { "aws:PrincipalAccount" = "000000000000" }
    })
    error_message = "The repository refuses principals of other accounts."
  }

  assert {
    condition = alltrue([
      for s in jsondecode(aws_ecr_repository_policy.this["cloudplatform-service"].policy).Statement : s.Effect == "Deny" && s.Principal == "*"
    ])
    error_message = "The repository's policy refuses; it lets nobody in."
  }
}

run "images_stay_in_one_region_by_default" {
  command = plan

  assert {
    condition     = length(aws_ecr_replication_configuration.this) == 0
    error_message = "Copying costs; it is off unless asked for."
  }
}

run "images_are_copied_where_it_is_asked_for" {
  command = plan

  variables {
    replication_region = "us-west-2"
  }

  assert {
    condition     = one(one(one(aws_ecr_replication_configuration.this[0].replication_configuration).rule).destination).region == "us-west-2"
    error_message = "Images go to the region that was given."
  }

  assert {
    condition     = one(one(one(aws_ecr_replication_configuration.this[0].replication_configuration).rule).repository_filter).filter == "cloudplatform-"
    error_message = "Only our repositories are copied."
  }
}

run "a_repository_of_another_project_is_refused" {
  command = plan

  variables {
    repository_names = ["service"]
  }

  expect_failures = [var.repository_names]
}

run "keeping_one_image_is_refused" {
  command = plan

  variables {
    keep_images = 1
  }

  expect_failures = [var.keep_images]
}

run "half_a_day_is_refused" {
  command = plan

  variables {
    untagged_days = 0.5
  }

  expect_failures = [var.untagged_days]
}

run "a_zone_instead_of_a_region_is_refused" {
  command = plan

  variables {
    replication_region = "us-west-2a"
  }

  expect_failures = [var.replication_region]
}
