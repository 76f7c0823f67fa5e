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
  readable_secret_arns = { database = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db" }
  object_access        = { bucket_arn = "arn:aws:s3:::backups", prefix = "app" }
}

# The rights of the application, written out once more.
run "the_application_may_do_what_is_listed" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(aws_iam_role_policy.task.policy).Statement) == jsonencode([
      {
        Sid       = "PutOwnMetrics", Effect = "Allow", Action = "cloudwatch:PutMetricData", Resource = "*"
        Condition = { StringEquals = { "cloudwatch:namespace" = "cloudplatform-dev-fastapi" } }
      },
      {
        Sid      = "ReadSecretsAgain", Effect = "Allow", Action = "secretsmanager:GetSecretValue"
        Resource = ["arn:aws:secretsmanager:us-east-1:000000000000:secret:db"]
      },
      { Sid = "OwnObjects", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::backups/app/*" },
      {
        Sid       = "EncryptOwnObjects", Effect = "Allow", Action = "kms:GenerateDataKey", Resource = "arn:aws:kms:us-east-1:000000000000:key/mock"
        Condition = { StringEquals = { "kms:ViaService" = "s3.us-east-1.amazonaws.com" } }
      },
      { Sid = "Decrypt", Effect = "Allow", Action = "kms:Decrypt", Resource = "arn:aws:kms:us-east-1:000000000000:key/mock" },
    ])
    error_message = "The task role holds other rights than documented; only metrics may name every resource, and only in one namespace."
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.task.assume_role_policy).Statement) == jsonencode([{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
    }])
    error_message = "Only tasks of this account may use the role."
  }
}

run "what_is_not_needed_is_not_granted" {
  command = plan

  variables {
    readable_secret_arns = {}
    object_access        = null
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.task.policy).Statement : s.Sid] == ["PutOwnMetrics"]
    error_message = "Without secrets and objects there is nothing to read or decrypt."
  }
}

run "shell_sessions_bring_their_rights" {
  command = plan

  variables {
    enable_execute_command        = true
    execute_command_log_group_arn = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/execute-command"
  }

  assert {
    condition = jsonencode([for s in jsondecode(aws_iam_role_policy.task.policy).Statement : s if startswith(s.Sid, "Shell")]) == jsonencode([
      {
        Sid = "ShellSessions", Effect = "Allow", Resource = "*"
        Action = [
          "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel", "logs:DescribeLogGroups",
        ]
      },
      {
        Sid      = "ShellSessionLog", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/dev/execute-command:*"
      },
    ])
    error_message = "A session needs its channels and its log, no more."
  }
}

run "a_boundary_bounds_the_role" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::000000000000:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.task.permissions_boundary == "arn:aws:iam::000000000000:policy/boundary"
    error_message = "The boundary does not reach the role."
  }
}

run "a_whole_bucket_is_refused" {
  command = plan

  variables {
    object_access = { bucket_arn = "arn:aws:s3:::backups", prefix = "*" }
  }

  expect_failures = [var.object_access]
}

run "every_secret_is_refused" {
  command = plan

  variables {
    readable_secret_arns = { all = "arn:aws:secretsmanager:us-east-1:000000000000:secret:*" }
  }

  expect_failures = [var.readable_secret_arns]
}
