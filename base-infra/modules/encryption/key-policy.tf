# Who may do what with the key. A policy usually begins with "kms:*" for the account; this one does not: IAM policies
# of the account may hand out administration, never the data. Whoever may change this policy can still let themselves
# in. To forbid that would lock everybody out in the end, so the trail records it instead.
locals {
  administer = [
    "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
    "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
    "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags", "kms:PutKeyPolicy",
    "kms:RevokeGrant", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource",
    "kms:UpdateAlias", "kms:UpdateKeyDescription",
  ]

  use = [
    "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom", "kms:ReEncryptTo",
  ]

  # Services that call KMS with the caller's own credentials: permission on the bucket or secret decides.
  via_services = [
    for service in [
      "backup", "dynamodb", "ec2", "ecr", "elasticache", "lambda", "rds", "s3", "secretsmanager", "sns", "sqs", "ssm",
    ] : "${service}.${var.region}.amazonaws.com"
  ]

  root = "arn:aws:iam::${var.account_id}:root"

  # "*" with the caller's account is every principal of ours. A principal named in the condition need not exist yet,
  # and is still the same after it was made anew; AWS refuses unknown ones in "Principal".
  account_statement = {
    Sid       = "AccountAdministersButDoesNotDecrypt"
    Effect    = "Allow"
    Principal = { AWS = local.root }
    Action    = local.administer
    Resource  = "*"
  }

  root_statement = {
    Sid       = "RootNeverDecrypts"
    Effect    = "Deny"
    Principal = { AWS = "*" }
    Action    = ["kms:Decrypt", "kms:ReEncryptFrom"]
    Resource  = "*"
    Condition = { ArnEquals = { "aws:PrincipalArn" = local.root } }
  }

  administrator_statement = {
    Sid       = "AdministratorsManageButDoNotDecrypt"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = local.administer
    Resource  = "*"
    Condition = {
      StringEquals = { "kms:CallerAccount" = var.account_id }
      ArnLike      = { "aws:PrincipalArn" = sort(var.administrator_arns) }
    }
  }

  user_statement = {
    Sid       = "WorkloadsUse"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = local.use
    Resource  = "*"
    Condition = {
      StringEquals = { "kms:CallerAccount" = var.account_id }
      ArnLike      = { "aws:PrincipalArn" = sort(var.user_role_patterns) }
    }
  }

  via_services_statement = {
    Sid       = "ServicesUseForOwnPrincipals"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = concat(local.use, ["kms:RetireGrant"])
    Resource  = "*"
    Condition = { StringEquals = { "kms:CallerAccount" = var.account_id, "kms:ViaService" = local.via_services } }
  }

  # A database goes on using the key when whoever made it is gone: the service gives itself a grant. Nobody else can.
  grant_statement = {
    Sid       = "ServicesKeepGrants"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]
    Resource  = "*"
    Condition = {
      StringEquals = { "kms:CallerAccount" = var.account_id, "kms:ViaService" = local.via_services }
      Bool         = { "kms:GrantIsForAWSResource" = "true" }
    }
  }
}
