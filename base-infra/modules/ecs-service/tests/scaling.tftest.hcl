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
  subnet_ids         = ["subnet-a"]
  security_group_ids = ["sg-mock"]
  target_group_arn   = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/0000000000000000"
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
  image              = "service@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  cpu                = 256
  memory             = 512
}

run "tasks_follow_cpu_and_memory" {
  command = plan

  assert {
    condition     = aws_appautoscaling_target.this.resource_id == "service/mock/cloudplatform-dev-service-fastapi" && aws_appautoscaling_target.this.min_capacity == 1 && aws_appautoscaling_target.this.max_capacity == 2
    error_message = "Auto scaling must find the service, within its bounds."
  }

  assert {
    condition = jsonencode({
      for name, p in aws_appautoscaling_policy.this : name => [
        p.target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type,
        p.target_tracking_scaling_policy_configuration[0].target_value,
      ]
      }) == jsonencode({
      cpu    = ["ECSServiceAverageCPUUtilization", 60]
      memory = ["ECSServiceAverageMemoryUtilization", 75]
    })
    error_message = "By itself the service aims at 60 % CPU and 75 % memory, and at nothing else."
  }

  assert {
    condition     = alltrue([for p in aws_appautoscaling_policy.this : p.policy_type == "TargetTrackingScaling" && p.target_tracking_scaling_policy_configuration[0].scale_in_cooldown == 300 && p.target_tracking_scaling_policy_configuration[0].scale_out_cooldown == 60])
    error_message = "Tasks are added quickly and taken away slowly."
  }
}

run "tasks_may_follow_requests" {
  command = plan

  variables {
    requests_per_target   = 1000
    request_count_label   = "app/mock/0000000000000000/targetgroup/mock/1111111111111111"
    target_memory_percent = null
  }

  assert {
    condition     = jsonencode(keys(aws_appautoscaling_policy.this)) == jsonencode(["cpu", "requests"])
    error_message = "What is null is not followed."
  }

  assert {
    condition     = aws_appautoscaling_policy.this["requests"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type == "ALBRequestCountPerTarget" && aws_appautoscaling_policy.this["requests"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == var.request_count_label && aws_appautoscaling_policy.this["requests"].target_tracking_scaling_policy_configuration[0].target_value == 1000
    error_message = "Requests are counted at the service's own target group."
  }
}

run "requests_of_nobody_knows_what_are_refused" {
  command = plan

  variables {
    requests_per_target = 1000
  }

  expect_failures = [var.request_count_label]
}

run "more_tasks_than_the_most_are_refused" {
  command = plan

  variables {
    desired_count = 3
  }

  expect_failures = [var.max_count]
}

run "a_goal_above_the_alarm_is_refused" {
  command = plan

  variables {
    target_cpu_percent = 80
  }

  expect_failures = [var.target_cpu_percent]
}
