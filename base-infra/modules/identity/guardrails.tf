# What is denied to the roles of this module, whatever else they are allowed.
locals {
  except_owner    = { ArnNotEquals = { "aws:PrincipalArn" = "${local.role_arn}terraform-global" } }
  except_builders = { ArnNotLike = { "aws:PrincipalArn" = ["${local.role_arn}terraform-*", "${local.role_arn}fleet-stack-*"] } }
  except_rules    = { ArnNotEquals = { "aws:PrincipalArn" = ["${local.role_arn}break-glass", "${local.role_arn}terraform-prod"] } }
  of_prod         = { StringEquals = { "aws:ResourceTag/Environment" = "prod" } }

  guardrail_statements = merge({
    # On every role, break-glass among them.
    guardrail-evidence = {
      KeepSecurityServicesOn = {
        effect = "Deny"
        actions = [
          "access-analyzer:DeleteAnalyzer", "cloudtrail:DeleteEventDataStore", "cloudtrail:DeleteTrail", "cloudtrail:StopEventDataStoreIngestion",
          "cloudtrail:StopLogging", "config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel", "config:StopConfigurationRecorder",
          "guardduty:DeleteDetector", "guardduty:DeletePublishingDestination", "guardduty:DisassociateFromAdministratorAccount",
          "guardduty:StopMonitoringMembers", "inspector2:Disable", "securityhub:DisableSecurityHub",
          "securityhub:DisassociateFromAdministratorAccount",
        ]
      }
      # These can blind a service as well as set it up.
      KeepSecurityServicesSeeing = {
        effect = "Deny"
        actions = [
          "access-analyzer:CreateArchiveRule", "access-analyzer:UpdateArchiveRule", "cloudtrail:PutEventSelectors", "cloudtrail:UpdateTrail",
          "config:DeleteConfigRule", "config:DeleteConformancePack", "config:PutConfigurationRecorder", "config:PutDeliveryChannel",
          "guardduty:CreateFilter", "guardduty:CreateIPSet", "guardduty:UpdateDetector", "guardduty:UpdateFilter", "guardduty:UpdateIPSet",
          "securityhub:BatchDisableStandards", "securityhub:UpdateSecurityHubConfiguration", "securityhub:UpdateStandardsControl",
        ]
        when = local.except_owner
      }
      KeepThisPolicy = {
        effect    = "Deny"
        actions   = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"]
        resources = ["${local.policy_arn}guardrail-evidence"]
        when      = local.except_owner
      }
    }

    # On every role but break-glass.
    guardrail-account = {
      # Every call that changes a role, whoever it may be meant for.
      KeepBreakGlass = {
        effect    = "Deny"
        actions   = ["iam:Attach*", "iam:Create*", "iam:De*", "iam:Put*", "iam:Tag*", "iam:Un*", "iam:Up*"]
        resources = ["${local.role_arn}break-glass"]
      }
      KeepAccountPrivate = {
        effect  = "Deny"
        actions = ["s3:PutAccountPublicAccessBlock"]
        when    = local.except_owner
      }
      # Taking the block away is the same action as setting it.
      KeepBucketsPrivate = {
        effect  = "Deny"
        actions = ["s3:PutBucketPublicAccessBlock"]
        when    = local.except_builders
      }
      KeepObjectsPrivate = {
        effect  = "Deny"
        actions = ["s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObject", "s3:PutObjectAcl"]
        when    = { StringEquals = { "s3:x-amz-acl" = ["authenticated-read", "public-read", "public-read-write"] } }
      }
      NoLastingCredentials = {
        effect = "Deny"
        actions = [
          "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential", "iam:CreateUser", "iam:UpdateLoginProfile",
          "iam:UploadSSHPublicKey", "iam:UploadSigningCertificate",
        ]
      }
      # Matches a request without any boundary, too.
      NoRoleWithoutBoundary = {
        effect  = "Deny"
        actions = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
        when    = { StringNotEquals = { "iam:PermissionsBoundary" = [for owner in local.owners : local.boundary_arns[owner]] } }
      }
      KeepBoundaries = {
        effect    = "Deny"
        actions   = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"]
        resources = [for owner in local.owners : local.boundary_arns[owner]]
      }
      KeepBoundariesOn = {
        effect  = "Deny"
        actions = ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"]
      }
      StayInOrganisation = {
        effect  = "Deny"
        actions = ["account:CloseAccount", "organizations:LeaveOrganization"]
      }
      KeepState = {
        effect    = "Deny"
        actions   = ["s3:DeleteBucket", "s3:DeleteObjectVersion"]
        resources = [var.state_bucket_arn, "${var.state_bucket_arn}/*"]
      }
    }

    # On every role but break-glass.
    guardrail-prod = {
      KeepData = {
        effect = "Deny"
        actions = [
          "backup:DeleteBackupPlan", "backup:DeleteBackupVault", "backup:DeleteBackupVaultAccessPolicy", "backup:DeleteBackupVaultLockConfiguration",
          "backup:DeleteRecoveryPoint", "dynamodb:DeleteTable", "ecs:DeleteCluster", "ecs:DeleteService", "elasticache:DeleteCacheCluster",
          "elasticache:DeleteReplicationGroup", "elasticache:DeleteSnapshot", "kms:DisableKey", "kms:ScheduleKeyDeletion",
          "rds:DeleteDBCluster", "rds:DeleteDBClusterSnapshot", "rds:DeleteDBInstance", "rds:DeleteDBInstanceAutomatedBackup",
          "rds:DeleteDBSnapshot", "secretsmanager:DeleteSecret",
        ]
        when = local.of_prod
      }
      # The same by name, should a tag be lost.
      KeepDatabase = {
        effect  = "Deny"
        actions = ["rds:DeleteDBInstance", "rds:DeleteDBInstanceAutomatedBackup", "rds:DeleteDBSnapshot"]
        resources = [
          for kind in ["auto-backup", "db", "snapshot"] : "arn:aws:rds:*:${var.account_id}:${kind}:*${local.own.prod.name}-*"
        ]
      }
      KeepBuckets = {
        effect    = "Deny"
        actions   = ["s3:DeleteBucket", "s3:DeleteObjectVersion"]
        resources = ["arn:aws:s3:::${local.own.prod.name}-*", "arn:aws:s3:::${local.own.prod.fleet}-*"]
      }
      # IAM sees that a rule is written, not for which addresses: so nobody else writes any.
      KeepRules = {
        effect = "Deny"
        actions = [
          "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules",
          "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
        ]
        when = merge(local.of_prod, local.except_rules)
      }
    }
    },
    # On the roles of one environment: the others are not theirs, and nothing becomes another's by a tag.
    {
      for environment in local.environments : "guardrail-only-${environment}" => {
        NotOtherEnvironments = {
          effect  = "Deny"
          actions = ["*"]
          when = {
            StringEquals = { "aws:ResourceTag/Environment" = [for other in local.environments : other if other != environment] }
          }
        }
        NotByName = {
          effect  = "Deny"
          actions = ["iam:*", "rds:*", "s3:*", "secretsmanager:*"]
          resources = flatten([
            for other in local.environments : [
              "arn:aws:iam::*:role/${local.own[other].name}-*", "arn:aws:iam::*:role/${local.own[other].fleet}-*",
              "arn:aws:rds:*:*:*:${local.own[other].name}-*", "arn:aws:s3:::${local.own[other].name}-*",
              "arn:aws:s3:::${local.own[other].fleet}-*", "arn:aws:secretsmanager:*:*:secret:/${other}/*",
              "${local.state_object[other]}*",
            ] if other != environment
          ])
        }
        # A tag decides whose a thing is: nobody tags what is shared as their own.
        NotTakenOver = {
          effect = "Deny"
          actions = [
            "acm:AddTagsToCertificate", "application-autoscaling:TagResource", "backup:TagResource", "cloudfront:TagResource",
            "ec2:CreateTags", "kms:TagResource", "logs:TagResource",
          ]
          when = {
            Null            = { "aws:ResourceTag/Environment" = "false" }
            StringNotEquals = { "aws:ResourceTag/Environment" = environment }
          }
        }
        NotRetagged = {
          effect  = "Deny"
          actions = ["*"]
          when = {
            Null            = { "aws:RequestTag/Environment" = "false" }
            StringNotEquals = { "aws:RequestTag/Environment" = environment }
          }
        }
      }
  })
}
