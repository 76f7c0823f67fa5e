mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/mock:1" }
  }
}

variables {
  project              = "cloudplatform"
  environment          = "dev"
  region               = "us-east-1"
  account_id           = "000000000000"
  service_name         = "fastapi"
  cluster_arn          = "arn:aws:ecs:us-east-1:000000000000:cluster/mock"
  cluster_name         = "mock"
  execution_role_arn   = "arn:aws:iam::000000000000:role/mock"
  subnet_ids           = ["subnet-a"]
  security_group_ids   = ["sg-mock"]
  target_group_arn     = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/0000000000000000"
  kms_key_arn          = "arn:aws:kms:us-east-1:000000000000:key/mock"
  image                = "service@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  cpu                  = 256
  memory               = 512
  secrets              = { DATABASE_PASSWORD = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db:password::" }
  readable_secret_arns = { database = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db" }
}

run "the_container_is_hardened" {
  command = apply

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "10001:10001"
    error_message = "The container runs as nobody special, on a disk it cannot write."
  }

  # Guards against a secret that shows in the console.
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets[0].name == "DATABASE_PASSWORD" && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment == []
    error_message = "Secrets are named, never written out."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.options["awslogs-group"] == "/ecs/dev/fastapi"
    error_message = "The application logs to /ecs/<environment>/fastapi."
  }
}

run "a_bad_deployment_rolls_back" {
  command = apply

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "A deployment that does not come up must be rolled back."
  }

  assert {
    condition     = !one(aws_ecs_service.this.network_configuration).assign_public_ip && aws_ecs_service.this.launch_type == "FARGATE"
    error_message = "Tasks run on Fargate, without a public address."
  }
}

run "the_application_may_do_exactly_three_things" {
  command = apply

  assert {
    condition     = join(" ", flatten([for s in jsondecode(aws_iam_role_policy.task.policy).Statement : s.Action])) == "cloudwatch:PutMetricData secretsmanager:GetSecretValue kms:Decrypt"
    error_message = "The task role holds other rights than documented."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.task.policy).Statement : s.Sid if s.Resource == "*"] == ["PutOwnMetrics"] && jsondecode(aws_iam_role_policy.task.policy).Statement[0].Condition.StringEquals["cloudwatch:namespace"] == "cloudplatform-dev-fastapi"
    error_message = "Only metrics may be written anywhere, and only into the application's namespace."
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
