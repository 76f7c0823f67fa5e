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

# The rights of the agent, written out once more.
run "the_agent_may_pull_log_and_read_named_secrets" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(aws_iam_role_policy.execution.policy).Statement) == jsonencode([
      { Sid = "RegistryLogin", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
      {
        Sid      = "PullImages", Effect = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
      },
      {
        Sid      = "WriteLogs", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/fastapi:*"]
      },
      {
        Sid      = "ReadSecrets", Effect = "Allow", Action = "secretsmanager:GetSecretValue"
        Resource = ["arn:aws:secretsmanager:us-east-1:000000000000:secret:db"]
      },
      { Sid = "DecryptSecrets", Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:us-east-1:000000000000:key/mock" },
    ])
    error_message = "The execution role holds other rights than documented; only the registry login may name every resource."
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.execution.assume_role_policy).Statement) == jsonencode([{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
    }])
    error_message = "Only tasks of this account may use the role."
  }
}

run "a_boundary_bounds_the_role" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::000000000000:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.execution.permissions_boundary == "arn:aws:iam::000000000000:policy/boundary"
    error_message = "The boundary does not reach the role."
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

run "every_repository_is_refused" {
  command = plan

  variables {
    repository_arns = ["arn:aws:ecr:us-east-1:000000000000:repository/*"]
  }

  expect_failures = [var.repository_arns]
}

run "every_secret_is_refused" {
  command = plan

  variables {
    secret_arns = { all = "arn:aws:secretsmanager:us-east-1:000000000000:secret:*" }
  }

  expect_failures = [var.secret_arns]
}
