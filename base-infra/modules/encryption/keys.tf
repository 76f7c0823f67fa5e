locals {
  name = "${var.project}-${var.environment}"

  # The account statement hands the decision to IAM policies: without it the key could become unmanageable.
  account_statement = {
    Sid       = "AccountPoliciesDecide"
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }

  administrator_statement = {
    Sid       = "AdministratorsManageButDoNotDecrypt"
    Effect    = "Allow"
    Principal = { AWS = sort(var.administrator_arns) }
    Action = [
      "kms:CancelKeyDeletion", "kms:Create*", "kms:Describe*", "kms:Disable*", "kms:Enable*", "kms:Get*", "kms:List*",
      "kms:Put*", "kms:Revoke*", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:Update*",
    ]
    Resource = "*"
  }

  service_statements = {
    logs = {
      Sid       = "CloudWatchLogsForOwnLogGroups"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      Resource  = "*"
      Condition = {
        ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:*" }
      }
    }
    cloudtrail = {
      Sid       = "CloudTrailForOwnTrails"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = ["kms:DescribeKey", "kms:GenerateDataKey*"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }
  }

  # The statements differ in shape, so each is encoded before they meet in one list.
  key_policy = format(
    "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}",
    join(",", concat(
      [jsonencode(local.account_statement)],
      length(var.administrator_arns) > 0 ? [jsonencode(local.administrator_statement)] : [],
      [for service in sort(var.services) : jsonencode(local.service_statements[service])],
    ))
  )
}

resource "aws_kms_key" "this" {
  description             = "Encrypts the data of ${local.name}"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  policy                  = local.key_policy

  tags = merge(var.tags, { Name = "${local.name}-kms" })
}
