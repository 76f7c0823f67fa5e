resource "aws_iam_role" "task" {
  name        = "${local.name}-role-ecs-task"
  description = "What the application itself may do"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  tags = var.tags
}

locals {
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
    length(var.readable_secret_arns) == 0 ? [] : [
      jsonencode({
        Sid      = "ReadSecretsAgain"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(var.readable_secret_arns)
      }),
      jsonencode({ Sid = "DecryptSecrets", Effect = "Allow", Action = "kms:Decrypt", Resource = var.kms_key_arn }),
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
