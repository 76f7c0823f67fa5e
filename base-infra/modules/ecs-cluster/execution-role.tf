resource "aws_iam_role" "execution" {
  name                 = "${local.name}-role-ecs-execution"
  description          = "Lets the ECS agent pull images, read named secrets and write logs"
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

  tags = merge(var.tags, { Name = "${local.name}-role-ecs-execution" })
}

locals {
  execution_statements = concat(
    [
      # GetAuthorizationToken knows no resource: it is the one action that needs "*".
      jsonencode({ Sid = "RegistryLogin", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" }),
      jsonencode({
        Sid      = "PullImages"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = sort(var.repository_arns)
      }),
      jsonencode({
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for arn in sort(var.log_group_arns) : "${arn}:*"]
      }),
    ],
    length(var.secret_arns) == 0 ? [] : [
      jsonencode({
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = values(var.secret_arns)
      }),
      jsonencode({ Sid = "DecryptSecrets", Effect = "Allow", Action = "kms:Decrypt", Resource = var.kms_key_arn }),
    ],
  )
}

resource "aws_iam_role_policy" "execution" {
  name = "run-tasks"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.execution_statements : jsondecode(statement)]
  })
}
