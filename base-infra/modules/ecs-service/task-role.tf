resource "aws_iam_role" "task" {
  name                 = "${local.name}-role-ecs-task"
  description          = "What the application itself may do"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  tags = merge(var.tags, { Name = "${local.name}-role-ecs-task" })
}

locals {
  reads_secrets = length(var.readable_secret_arns) > 0
  uses_objects  = var.object_access != null

  # Statements differ in shape, so each is encoded before they meet in one list.
  task_statements = concat(
    [
      # PutMetricData knows no resource; the condition confines it to the application's namespace.
      jsonencode({
        Sid       = "PutOwnMetrics"
        Effect    = "Allow"
        Action    = "cloudwatch:PutMetricData"
        Resource  = "*"
        Condition = { StringEquals = { "cloudwatch:namespace" = "${local.name}-${var.service_name}" } }
      }),
    ],
    !local.reads_secrets ? [] : [
      jsonencode({
        Sid      = "ReadSecretsAgain"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(var.readable_secret_arns)
      }),
    ],
    !local.uses_objects ? [] : [
      jsonencode({
        Sid      = "OwnObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${var.object_access.bucket_arn}/${var.object_access.prefix}/*"
      }),
      # An object is written under a data key, which S3 asks of our key in the application's name.
      jsonencode({
        Sid       = "EncryptOwnObjects"
        Effect    = "Allow"
        Action    = "kms:GenerateDataKey"
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      }),
    ],
    !local.reads_secrets && !local.uses_objects && !var.enable_execute_command ? [] : [
      jsonencode({ Sid = "Decrypt", Effect = "Allow", Action = "kms:Decrypt", Resource = var.kms_key_arn }),
    ],
    !var.enable_execute_command ? [] : [
      # The channels of a session and the list of log groups know no resource.
      jsonencode({
        Sid    = "ShellSessions"
        Effect = "Allow"
        Action = [
          "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel", "logs:DescribeLogGroups",
        ]
        Resource = "*"
      }),
      jsonencode({
        Sid      = "ShellSessionLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = "${var.execute_command_log_group_arn}:*"
      }),
    ],
  )
}

resource "aws_iam_role_policy" "task" {
  name = "application"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.task_statements : jsondecode(statement)]
  })
}
