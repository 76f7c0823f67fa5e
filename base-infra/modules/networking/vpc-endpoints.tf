# What may be called through each endpoint: what a task needs, by principals of this account. An endpoint's policy
# gives nobody a permission; it keeps stolen credentials of another account from carrying data out through ours.
locals {
  endpoint_actions = {
    "ecr.api" = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
    ]
    "ecr.dkr"      = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    kms            = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
    logs           = ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    monitoring     = ["cloudwatch:PutMetricData"]
    secretsmanager = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    ssm            = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
    ssmmessages = [
      "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
    ]
    sts = ["sts:AssumeRole", "sts:GetCallerIdentity"]
  }

  s3_actions = [
    "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject",
  ]

  # The principal is left open because policies of endpoints know no other form; the condition decides.
  s3_statements = [
    jsonencode({
      Sid       = "OwnPrincipalsOwnBuckets"
      Effect    = "Allow"
      Principal = "*"
      Action    = local.s3_actions
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = var.account_id, "aws:ResourceAccount" = var.account_id } }
    }),
    # Layers of images lie in a bucket of ECR, which signs their addresses with a principal of its own.
    jsonencode({
      Sid       = "ImageLayers"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::prod-${var.region}-starport-layer-bucket/*"
    }),
  ]
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for t in aws_route_table.private : t.id]

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.s3_statements : jsondecode(statement)]
  })

  tags = merge(var.tags, { Name = "${local.name}-vpce-s3" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each = setunion(var.interface_endpoints, var.enable_execute_command ? ["ssmmessages"] : [])

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.this["endpoint"].id]
  subnet_ids = [
    for zone in slice(keys(local.zones), 0, var.interface_endpoint_zones) : aws_subnet.private[zone].id
  ]

  # Resources are the caller's matter, and some of these actions know none.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPrincipals"
      Effect    = "Allow"
      Principal = "*"
      Action    = local.endpoint_actions[each.key]
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = var.account_id } }
    }]
  })

  tags = merge(var.tags, { Name = "${local.name}-vpce-${replace(each.key, ".", "-")}" })
}
