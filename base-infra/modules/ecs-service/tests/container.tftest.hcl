mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/mock:1" }
  }
}

variables {
  project               = "cloudplatform"
  environment           = "dev"
  region                = "us-east-1"
  account_id            = "000000000000"
  service_name          = "fastapi"
  cluster_arn           = "arn:aws:ecs:us-east-1:000000000000:cluster/mock"
  cluster_name          = "mock"
  execution_role_arn    = "arn:aws:iam::000000000000:role/mock"
  subnet_ids            = ["subnet-a"]
  security_group_ids    = ["sg-mock"]
  target_group_arn      = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/0000000000000000"
  kms_key_arn           = "arn:aws:kms:us-east-1:000000000000:key/mock"
  image                 = "service@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  cpu                   = 256
  memory                = 512
  environment_variables = { ENVIRONMENT = "dev", DATABASE_SECRET_ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db" }
  secrets               = { DATABASE_PASSWORD = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db:password::" }
}

run "the_task_is_fargate_on_arm" {
  command = apply

  assert {
    condition = jsonencode([
      aws_ecs_task_definition.this.requires_compatibilities, aws_ecs_task_definition.this.network_mode,
      aws_ecs_task_definition.this.cpu, aws_ecs_task_definition.this.memory,
      aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture,
    ]) == jsonencode([["FARGATE"], "awsvpc", "256", "512", "ARM64"])
    error_message = "The task has the size that was asked, on Graviton."
  }

  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == aws_iam_role.task.arn && aws_ecs_task_definition.this.execution_role_arn == var.execution_role_arn
    error_message = "Application and agent have a role each."
  }
}

run "the_container_is_closed" {
  command = apply

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "10001:10001"
    error_message = "The container runs as nobody special, on a disk it cannot write."
  }

  assert {
    condition = jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].linuxParameters) == jsonencode({
      capabilities = { drop = ["ALL"] }, initProcessEnabled = true
    })
    error_message = "The container has no capability, and an init process that forwards signals."
  }

  assert {
    condition     = jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints) == jsonencode([{ containerPath = "/tmp", sourceVolume = "tmp" }]) && one(aws_ecs_task_definition.this.volume).name == "tmp"
    error_message = "Only /tmp can be written."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout == 30
    error_message = "A task that is stopped has 30 seconds to finish its requests."
  }
}

# Guards against a secret that shows in the console.
run "secrets_are_named_never_written_out" {
  command = apply

  assert {
    condition = jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets) == jsonencode([
      { name = "DATABASE_PASSWORD", valueFrom = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db:password::" },
    ])
    error_message = "Secrets are given by their ARN."
  }

  assert {
    condition     = [for e in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : e.name] == ["DATABASE_SECRET_ARN", "ENVIRONMENT"]
    error_message = "The environment holds what was given, no more."
  }
}

# Guards against a database that is away and takes every task with it.
run "the_container_is_asked_whether_it_lives" {
  command = apply

  assert {
    condition     = strcontains(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck.command[1], "http://127.0.0.1:8000/health/live")
    error_message = "The container check asks for liveness alone."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.logDriver == "awslogs" && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.options["awslogs-group"] == "/ecs/dev/fastapi"
    error_message = "The application logs to /ecs/<environment>/fastapi."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/ecs/dev/fastapi" && aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "The log is encrypted with our key and kept 30 days."
  }
}

run "a_shell_needs_an_open_container" {
  command = apply

  variables {
    enable_execute_command        = true
    execute_command_log_group_arn = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/execute-command"
  }

  assert {
    condition     = !jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem && aws_ecs_service.this.enable_execute_command
    error_message = "The agent of a session writes beside the application."
  }
}

run "a_tag_instead_of_a_digest_is_refused" {
  command = plan

  variables {
    image = "service:latest"
  }

  expect_failures = [var.image]
}

run "memory_that_fargate_does_not_know_is_refused" {
  command = plan

  variables {
    memory = 4096
  }

  expect_failures = [var.memory]
}

run "memory_between_two_sizes_is_refused" {
  command = plan

  variables {
    memory = 1536
  }

  expect_failures = [var.memory]
}

run "a_secret_among_plain_variables_is_refused" {
  command = plan

  variables {
    environment_variables = { JWT_SECRET = "hunter2" }
  }

  expect_failures = [var.environment_variables]
}

run "a_key_in_small_letters_is_refused" {
  command = plan

  variables {
    environment_variables = { apikey = "hunter2" }
  }

  expect_failures = [var.environment_variables]
}

run "an_address_with_a_password_is_refused" {
  command = plan

  variables {
    environment_variables = { DATABASE_URL = "postgresql://app:hunter2@db:5432/app" }
  }

  expect_failures = [var.environment_variables]
}

run "an_address_without_a_password_passes" {
  command = plan

  variables {
    environment_variables = { DATABASE_URL = "postgresql://app@db:5432/app" }
  }
}

run "a_secret_by_value_is_refused" {
  command = plan

  variables {
    secrets = { DATABASE_PASSWORD = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "a_shell_in_prod_is_refused" {
  command = plan

  variables {
    environment                        = "prod"
    deployment_minimum_healthy_percent = 100
    enable_execute_command             = true
    execute_command_log_group_arn      = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/prod/execute-command"
  }

  expect_failures = [var.enable_execute_command]
}

run "a_shell_that_nobody_records_is_refused" {
  command = plan

  variables {
    enable_execute_command = true
  }

  expect_failures = [var.execute_command_log_group_arn]
}
