# What applying an environment's root needs, in three policies for each environment. Everything made must carry the
# environment's name or its tag, and only what carries it can be changed: dev's pipeline is blind and powerless in prod.
locals {
  terraform_statements = merge(
    { for environment in local.environments : "terraform-${environment}-network" => local.terraform_network[environment] },
    { for environment in local.environments : "terraform-${environment}-data" => local.terraform_data[environment] },
    { for environment in local.environments : "terraform-${environment}-core" => local.terraform_core[environment] },
  )

  made_here = { for environment in local.environments : environment => { StringEquals = { "aws:RequestTag/Environment" = environment } } }
  kept_here = { for environment in local.environments : environment => { StringEquals = { "aws:ResourceTag/Environment" = environment } } }

  # Services that make their own role in the account when they are first used.
  service_linked = [
    for service in [
      "backup", "ecs", "ecs.application-autoscaling", "elasticache", "elasticloadbalancing", "rds", "wafv2",
    ] : "${service}.amazonaws.com"
  ]

  # Roles, buckets, keys, and the state.
  terraform_core = {
    for environment in local.environments : environment => merge({
      MakeBoundedRoles = {
        actions = [
          "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
          "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
        ]
        resources = [local.own[environment].roles]
        when      = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns[environment] } }
      }
      KeepRoles = {
        actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole*"]
        resources = [local.own[environment].roles]
      }
      PassRoles = {
        actions   = ["iam:PassRole"]
        resources = [local.own[environment].roles]
        when = {
          StringEquals = {
            "iam:PassedToService" = [
              for service in ["backup", "ecs-tasks", "monitoring.rds", "vpc-flow-logs"] : "${service}.amazonaws.com"
            ]
          }
        }
      }
      MakeServiceLinkedRoles = {
        actions   = ["iam:CreateServiceLinkedRole"]
        resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
        when      = { StringEquals = { "iam:AWSServiceName" = local.service_linked } }
      }
      Buckets = {
        actions = concat(
          ["s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:Put*Configuration", "s3:PutBucket*"],
          environment == "prod" ? [] : ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
        )
        resources = ["arn:aws:s3:::${local.own[environment].name}-*"]
      }
      MakeKeyOrPlan = {
        actions   = ["backup:CreateBackupPlan", "backup:TagResource", "kms:CreateKey", "kms:TagResource"]
        resources = ["*"]
        when      = local.made_here[environment]
      }
      KeepKeyOrPlan = {
        actions = [
          "backup:CreateBackupSelection", "backup:DeleteBackupPlan", "backup:DeleteBackupSelection", "backup:TagResource",
          "backup:UntagResource", "backup:UpdateBackupPlan", "kms:*Alias", "kms:CancelKeyDeletion", "kms:CreateGrant",
          "kms:DisableKey", "kms:EnableKey*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource",
          "kms:UntagResource", "kms:UpdateKeyDescription",
        ]
        resources = ["*"]
        when      = local.kept_here[environment]
      }
      # Only what a service does with the key while it makes something for us.
      UseOwnKey = {
        actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"]
        resources = local.any_key
        when      = merge(local.kept_here[environment], { StringLike = { "kms:ViaService" = "*.${var.region}.amazonaws.com" } })
      }
      FindState = {
        actions   = ["s3:ListBucket"]
        resources = [var.state_bucket_arn]
      }
      WriteOwnState = {
        actions   = ["s3:GetObject", "s3:PutObject"]
        resources = [local.state_object[environment]]
      }
      LockOwnState = {
        actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = ["${local.state_object[environment]}.tflock"]
      }
      UseStateKey = {
        actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
        resources = local.any_key
        when      = merge(local.account_key, { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } })
      }
    }, local.lock_statements[environment])
  }

  # With a lock table, for Terraform before 1.10: which root's entries a role may write.
  lock_statements = {
    for owner in local.owners : owner => {
      for sid, table in { LockInTable = var.lock_table_arn } : sid => {
        actions                       = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        resources                     = [table]
        when = {
          "ForAllValues:StringEquals" = {
            "dynamodb:LeadingKeys" = [for end in ["", "-md5"] : "${trimprefix(local.state_object[owner], "arn:aws:s3:::")}${end}"]
          }
        }
      } if table != null
    }
  }
}
