# The key policy, as a golden copy: it is written out here, not computed from the module's own statements.
mock_provider "aws" {}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  region             = "us-east-1"
  account_id         = "000000000000"
  administrator_arns = ["arn:aws:iam::000000000000:role/security", "arn:aws:iam::000000000000:role/devops"]
  user_role_patterns = ["arn:aws:iam::000000000000:role/opsplane-dev-*", "arn:aws:iam::000000000000:role/cloudplatform-dev-role-ecs-*"]
  services           = ["logs", "log-exports", "cloudtrail", "config", "alerts"]
}

run "administration_and_use_are_apart" {
  command = plan

  assert {
    condition = jsonencode(slice(jsondecode(aws_kms_key.this.policy).Statement, 0, 4)) == jsonencode([
      {
        Sid       = "AccountAdministersButDoesNotDecrypt"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::000000000000:root" }
        Action = [
          "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
          "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations",
          "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand",
          "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]
        Resource = "*"
      },
      {
        Sid       = "RootNeverDecrypts"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:ReEncryptFrom"]
        Resource  = "*"
        Condition = { ArnEquals = { "aws:PrincipalArn" = "arn:aws:iam::000000000000:root" } }
      },
      {
        Sid       = "AdministratorsManageButDoNotDecrypt"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action = [
          "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
          "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations",
          "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:RotateKeyOnDemand",
          "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "kms:CallerAccount" = "000000000000" }
          ArnLike      = { "aws:PrincipalArn" = ["arn:aws:iam::000000000000:role/devops", "arn:aws:iam::000000000000:role/security"] }
        }
      },
      {
        Sid       = "WorkloadsUse"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action = [
          "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom", "kms:ReEncryptTo",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "kms:CallerAccount" = "000000000000" }
          ArnLike = {
            "aws:PrincipalArn" = ["arn:aws:iam::000000000000:role/cloudplatform-dev-role-ecs-*", "arn:aws:iam::000000000000:role/opsplane-dev-*"]
          }
        }
      },
    ])
    error_message = "Who administers and who uses the key is not as agreed."
  }
}

run "services_act_for_our_own_principals" {
  command = plan

  assert {
    condition = jsonencode(slice(jsondecode(aws_kms_key.this.policy).Statement, 4, 6)) == jsonencode([
      {
        Sid       = "ServicesUseForOwnPrincipals"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action = [
          "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:RetireGrant",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = "000000000000"
            "kms:ViaService" = [
              "backup.us-east-1.amazonaws.com", "dynamodb.us-east-1.amazonaws.com", "ec2.us-east-1.amazonaws.com",
              "ecr.us-east-1.amazonaws.com", "elasticache.us-east-1.amazonaws.com", "lambda.us-east-1.amazonaws.com",
              "rds.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", "secretsmanager.us-east-1.amazonaws.com",
              "sns.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com", "ssm.us-east-1.amazonaws.com",
            ]
          }
        }
      },
      {
        Sid       = "ServicesKeepGrants"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = "000000000000"
            "kms:ViaService" = [
              "backup.us-east-1.amazonaws.com", "dynamodb.us-east-1.amazonaws.com", "ec2.us-east-1.amazonaws.com",
              "ecr.us-east-1.amazonaws.com", "elasticache.us-east-1.amazonaws.com", "lambda.us-east-1.amazonaws.com",
              "rds.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", "secretsmanager.us-east-1.amazonaws.com",
              "sns.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com", "ssm.us-east-1.amazonaws.com",
            ]
          }
          Bool = { "kms:GrantIsForAWSResource" = "true" }
        }
      },
    ])
    error_message = "A service may do more with the key, or for others, than agreed."
  }
}

run "services_of_their_own_name_are_held_to_what_is_ours" {
  command = plan

  assert {
    condition = jsonencode(slice(jsondecode(aws_kms_key.this.policy).Statement, 6, length(jsondecode(aws_kms_key.this.policy).Statement))) == jsonencode([
      {
        Sid       = "PublishersToOwnTopics"
        Effect    = "Allow"
        Principal = { Service = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "costalerts.amazonaws.com", "events.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:sns:topicArn" = "arn:aws:sns:us-east-1:000000000000:*" } }
      },
      {
        Sid       = "CloudTrailForOwnTrails"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudtrail:us-east-1:000000000000:trail/*" } }
      },
      {
        Sid       = "ConfigForOwnDeliveries"
        Effect    = "Allow"
        Principal = { Service = "config.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
      },
      {
        Sid       = "CloudWatchLogsExportsToOwnBuckets"
        Effect    = "Allow"
        Principal = { Service = "logs.us-east-1.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
      },
      {
        Sid       = "CloudWatchLogsForOwnLogGroups"
        Effect    = "Allow"
        Principal = { Service = "logs.us-east-1.amazonaws.com" }
        Action = [
          "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom", "kms:ReEncryptTo",
        ]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:000000000000:log-group:*" } }
      },
    ])
    error_message = "A service principal is let in for resources of others."
  }
}

run "without_names_nobody_is_named" {
  command = plan

  variables {
    administrator_arns = []
    user_role_patterns = []
    services           = ["logs"]
  }

  assert {
    condition = join(" ", [for s in jsondecode(aws_kms_key.this.policy).Statement : s.Sid]) == join(" ", [
      "AccountAdministersButDoesNotDecrypt", "RootNeverDecrypts", "ServicesUseForOwnPrincipals", "ServicesKeepGrants",
      "CloudWatchLogsForOwnLogGroups",
    ])
    error_message = "A statement without names stands in the policy, or one is missing."
  }
}

# As the account's own key is: Config and the pipelines write to buckets, and S3 asks for them.
run "a_key_without_users_serves_through_services_only" {
  command = plan

  variables {
    environment        = "global"
    user_role_patterns = []
  }

  assert {
    condition = alltrue([
      for s in jsondecode(aws_kms_key.this.policy).Statement : can(s.Principal.Service) || can(s.Condition.StringEquals["kms:ViaService"])
      if s.Effect == "Allow" && contains(s.Action, "kms:Decrypt")
    ])
    error_message = "Somebody may use the key without a service between."
  }

  assert {
    condition = length([
      for s in jsondecode(aws_kms_key.this.policy).Statement : s
      if contains(s.Action, "kms:GenerateDataKey") && contains(try(s.Condition.StringEquals["kms:ViaService"], []), "s3.us-east-1.amazonaws.com")
    ]) == 1
    error_message = "Nobody can write to a bucket that this key encrypts."
  }
}

# Guards against a new statement that opens the data to the account's root, or to everyone.
run "no_statement_lets_the_root_decrypt" {
  command = plan

  assert {
    condition = alltrue([
      for s in jsondecode(aws_kms_key.this.policy).Statement :
      length(regexall("\"kms:(\\*|Decrypt|ReEncrypt|GenerateDataKey|CreateGrant)", jsonencode(s.Action))) == 0
      if s.Effect == "Allow" && strcontains(jsonencode(s.Principal), ":root")
    ])
    error_message = "The account's root may do more than administer."
  }

  assert {
    condition = alltrue([
      for s in jsondecode(aws_kms_key.this.policy).Statement :
      try(s.Condition.StringEquals["kms:CallerAccount"], "") == "000000000000" &&
      (can(s.Condition.StringEquals["kms:ViaService"]) || can(s.Condition.ArnLike["aws:PrincipalArn"]))
      if s.Effect == "Allow" && try(s.Principal.AWS, "") == "*"
    ])
    error_message = "A statement for everyone must hold to our account, and to a service or to named roles."
  }

  assert {
    condition     = !strcontains(jsonencode([for s in jsondecode(aws_kms_key.this.policy).Statement : s.Action]), "*")
    error_message = "An action is a wildcard."
  }

  assert {
    condition = length([
      for s in jsondecode(aws_kms_key.this.policy).Statement : s
      if s.Effect == "Deny" && contains(s.Action, "kms:Decrypt") && try(s.Condition.ArnEquals["aws:PrincipalArn"], "") == "arn:aws:iam::000000000000:root"
    ]) == 1
    error_message = "Through S3 or Secrets Manager the root could still read: the denial is missing."
  }
}
