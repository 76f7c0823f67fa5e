mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/mock:1" }
  }
}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  region             = "us-east-1"
  account_id         = "000000000000"
  service_name       = "fastapi"
  cluster_arn        = "arn:aws:ecs:us-east-1:000000000000:cluster/mock"
  cluster_name       = "mock"
  execution_role_arn = "arn:aws:iam::000000000000:role/mock"
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids = ["sg-mock"]
  target_group_arn   = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/0000000000000000"
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
  image              = "service@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  cpu                = 256
  memory             = 512
}

# The contract with callers: names and defaults may be added to, never changed.
run "defaults_are_those_of_the_contract" {
  command = apply

  assert {
    condition = jsonencode([
      aws_ecs_service.this.desired_count, one(aws_ecs_service.this.load_balancer).container_port,
      aws_ecs_service.this.deployment_minimum_healthy_percent, aws_ecs_service.this.deployment_maximum_percent,
      aws_ecs_service.this.health_check_grace_period_seconds,
    ]) == jsonencode([1, 8000, 50, 200, 60])
    error_message = "A caller that gives only what it must gets something else than was promised."
  }

  assert {
    condition     = output.service_name == "cloudplatform-dev-service-fastapi" && output.service_id == aws_ecs_service.this.id && output.service_arn == aws_ecs_service.this.id
    error_message = "The service is found by its outputs."
  }
}

run "tasks_are_spread_private_and_behind_the_load_balancer" {
  command = apply

  assert {
    condition     = length(one(aws_ecs_service.this.network_configuration).subnets) == 3 && !one(aws_ecs_service.this.network_configuration).assign_public_ip && aws_ecs_service.this.availability_zone_rebalancing == "ENABLED"
    error_message = "Tasks run in every application subnet, without a public address."
  }

  assert {
    condition     = one(aws_ecs_service.this.load_balancer).target_group_arn == var.target_group_arn && one(aws_ecs_service.this.load_balancer).container_name == "fastapi"
    error_message = "The load balancer must find the container."
  }

  assert {
    condition     = aws_ecs_service.this.launch_type == "FARGATE" && length(aws_ecs_service.this.capacity_provider_strategy) == 0 && aws_ecs_service.this.propagate_tags == "SERVICE"
    error_message = "By itself every task is on demand on Fargate, with the service's tags."
  }
}

run "a_bad_deployment_rolls_back" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.deployment_controller[0].type == "ECS" && aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "Tasks are replaced a few at a time; a deployment that does not come up must be rolled back."
  }

  assert {
    condition     = length(aws_ecs_service.this.alarms) == 0
    error_message = "Without alarm names no alarm is asked."
  }

  # Guards against a rollback to a revision that Terraform has already deregistered.
  assert {
    condition     = aws_ecs_task_definition.this.skip_destroy
    error_message = "Former revisions must stay."
  }
}

run "an_alarm_ends_a_deployment" {
  command = plan

  variables {
    rollback_alarm_names = ["cloudplatform-dev-alarm-alb-5xx"]
  }

  assert {
    condition     = aws_ecs_service.this.alarms[0].enable && aws_ecs_service.this.alarms[0].rollback && one(aws_ecs_service.this.alarms[0].alarm_names) == "cloudplatform-dev-alarm-alb-5xx"
    error_message = "The alarm must roll the deployment back."
  }
}

run "spot_takes_its_share" {
  command = plan

  variables {
    spot_weight = 70
  }

  assert {
    condition     = jsonencode(sort([for s in aws_ecs_service.this.capacity_provider_strategy : "${s.capacity_provider} ${s.weight}"])) == jsonencode(["FARGATE 30", "FARGATE_SPOT 70"])
    error_message = "What does not run on Spot runs on demand."
  }

  # Guards against a service that is replaced whenever its shares change.
  assert {
    condition     = aws_ecs_service.this.force_new_deployment
    error_message = "Other shares are a new deployment."
  }
}

run "another_revision_can_be_run" {
  command = apply

  variables {
    task_definition_arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/other:7"
  }

  assert {
    condition     = aws_ecs_service.this.task_definition == "arn:aws:ecs:us-east-1:000000000000:task-definition/other:7"
    error_message = "The service must run the revision that it was given."
  }
}

run "spot_in_prod_is_refused" {
  command = plan

  variables {
    environment                        = "prod"
    deployment_minimum_healthy_percent = 100
    spot_weight                        = 1
  }

  expect_failures = [var.spot_weight]
}

run "half_the_tasks_in_prod_are_refused" {
  command = plan

  variables {
    environment = "prod"
  }

  expect_failures = [var.deployment_minimum_healthy_percent]
}

run "a_deployment_without_room_is_refused" {
  command = plan

  variables {
    deployment_maximum_percent = 100
  }

  expect_failures = [var.deployment_maximum_percent]
}
