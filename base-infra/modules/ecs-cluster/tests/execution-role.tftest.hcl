mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
}

variables {
  project         = "cloudplatform"
  environment     = "dev"
  account_id      = "000000000000"
  repository_arns = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  log_group_arns  = ["arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/fastapi"]
  secret_arns     = { database = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db" }
  kms_key_arn     = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "the_agent_may_pull_log_and_read_named_secrets" {
  command = plan

  assert {
    condition = join(" ", flatten([for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Action])) == join(" ", [
      "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "kms:Decrypt",
    ])
    error_message = "The execution role holds other rights than documented."
  }

  # Guards against a wildcard that spreads.
  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.execution.policy).Statement : s.Action if s.Resource == "*"] == ["ecr:GetAuthorizationToken"]
    error_message = "Only the registry login may name every resource."
  }

  assert {
    condition     = jsondecode(aws_iam_role.execution.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "000000000000"
    error_message = "Only tasks of this account may use the role."
  }
}

run "without_secrets_the_key_is_not_needed" {
  command = plan

  variables {
    secret_arns = {}
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.execution.policy, "kms:Decrypt")
    error_message = "A right that nothing needs is granted."
  }
}

run "the_cluster_is_watched_and_knows_spot" {
  command = plan

  variables {
    spot_weight = 70
  }

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "enabled" && aws_ecs_cluster.this.name == "cloudplatform-dev-ecs-cluster"
    error_message = "Container Insights must be on: the alarm on running tasks reads it."
  }

  assert {
    condition     = one([for s in aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy : s.weight if s.capacity_provider == "FARGATE"]) == 30
    error_message = "What does not run on Spot runs on demand."
  }
}

run "more_spot_than_all_is_refused" {
  command = plan

  variables {
    spot_weight = 101
  }

  expect_failures = [var.spot_weight]
}
