mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }
}

variables {
  project         = "cloudplatform"
  environment     = "dev"
  account_id      = "000000000000"
  repository_arns = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  log_group_arns  = ["arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/fastapi"]
  kms_key_arn     = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "the_cluster_is_watched" {
  command = plan

  assert {
    condition     = one(aws_ecs_cluster.this.setting).name == "containerInsights" && one(aws_ecs_cluster.this.setting).value == "enabled" && aws_ecs_cluster.this.name == "cloudplatform-dev-ecs-cluster"
    error_message = "Container Insights must be on: the alarm on running tasks reads it."
  }
}

run "the_cluster_knows_fargate_and_spot" {
  command = plan

  variables {
    spot_weight = 70
  }

  assert {
    condition     = jsonencode(sort(aws_ecs_cluster_capacity_providers.this.capacity_providers)) == jsonencode(["FARGATE", "FARGATE_SPOT"])
    error_message = "The cluster runs on Fargate, on demand and on Spot."
  }

  # Guards against a migration that is stopped halfway.
  assert {
    condition = jsonencode(sort([
      for s in aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy : "${s.capacity_provider} ${coalesce(s.base, 0)} ${s.weight}"
    ])) == jsonencode(["FARGATE 1 30", "FARGATE_SPOT 0 70"])
    error_message = "The first task is on demand, and what does not run on Spot runs on demand."
  }
}

run "shell_sessions_are_recorded_under_the_key" {
  command = apply

  variables {
    enable_execute_command = true
    log_retention_days     = 60
  }

  assert {
    condition     = one(aws_ecs_cluster.this.configuration[0].execute_command_configuration).logging == "OVERRIDE" && one(aws_ecs_cluster.this.configuration[0].execute_command_configuration).kms_key_id == var.kms_key_arn
    error_message = "Sessions must be encrypted with our key and logged where we say."
  }

  assert {
    condition     = one(one(aws_ecs_cluster.this.configuration[0].execute_command_configuration).log_configuration).cloud_watch_log_group_name == "/ecs/dev/execute-command" && one(one(aws_ecs_cluster.this.configuration[0].execute_command_configuration).log_configuration).cloud_watch_encryption_enabled
    error_message = "Sessions must be written to the encrypted group."
  }

  assert {
    condition     = one(aws_cloudwatch_log_group.execute_command).kms_key_id == var.kms_key_arn && one(aws_cloudwatch_log_group.execute_command).retention_in_days == 60 && output.execute_command_log_group_arn == one(aws_cloudwatch_log_group.execute_command).arn
    error_message = "The group is encrypted, kept as long as was asked, and known to the service."
  }
}

run "without_sessions_there_is_no_log_of_them" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_log_group.execute_command) == 0 && output.execute_command_log_group_arn == null
    error_message = "A log group that nothing writes to."
  }
}

run "more_spot_than_all_is_refused" {
  command = plan

  variables {
    spot_weight = 101
  }

  expect_failures = [var.spot_weight]
}

run "spot_in_prod_is_refused" {
  command = plan

  variables {
    environment = "prod"
    spot_weight = 1
  }

  expect_failures = [var.spot_weight]
}

run "a_shell_in_prod_is_refused" {
  command = plan

  variables {
    environment            = "prod"
    enable_execute_command = true
  }

  expect_failures = [var.enable_execute_command]
}
