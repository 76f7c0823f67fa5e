# What no role may do, whatever else it is allowed. A denial wins over every permission.
locals {
  everywhere = concat(local.environments, ["global"])
  of_account = var.environment == "global"

  # A list of names, not a pattern: whoever may make policies must not be able to make one that matches.
  boundaries = [for kind in local.everywhere : "arn:aws:iam::${var.account_id}:policy/${var.project}-${kind}-boundary"]

  # The fleet's function that closes what was opened to the world, and opens it again when that is undone.
  remediator = "opsplane-${var.environment}-RemediatorFunctionRole-*"

  # Roles that may do what is denied to all others.
  except = {
    for who, names in {
      owner    = ["${var.project}-global-role-terraform-global"]
      builders = local.of_account ? ["${var.project}-global-role-terraform-*", "${var.project}-global-role-fleet-stack-*"] : [local.remediator]
      rules    = concat(["${var.project}-global-role-terraform-prod"], local.of_account ? [] : [local.remediator])
    } : who => { ArnNotLike = { "aws:PrincipalArn" = [for name in names : "arn:aws:iam::${var.account_id}:role/${name}"] } }
  }

  data_of_prod = [
    "backup:DeleteBackup*", "backup:DeleteRecoveryPoint", "dynamodb:DeleteTable", "ecs:DeleteCluster",
    "ecs:DeleteService", "elasticache:DeleteCacheCluster", "elasticache:DeleteReplicationGroup",
    "elasticache:DeleteSnapshot", "kms:DisableKey", "kms:ScheduleKeyDeletion", "rds:DeleteDB*",
    "secretsmanager:DeleteSecret",
  ]

  group_rules = ["ec2:AuthorizeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroup*"]

  denied = {
    # --- an environment's workloads ----------------------------------------------------------------------------------

    SecurityServicesStay = {
      of = local.environments
      actions = [
        "access-analyzer:*", "cloudtrail:*", "config:Delete*", "config:Put*", "config:Stop*", "guardduty:Create*",
        "guardduty:Delete*", "guardduty:Dis*", "guardduty:Stop*", "guardduty:Update*", "inspector2:*",
        "securityhub:BatchDisable*", "securityhub:Delete*", "securityhub:Dis*", "securityhub:Update*",
      ]
    }
    # All of IAM: workloads make no roles, users or keys, and do not touch this boundary. And the account stays in its
    # organisation, with its block against public buckets.
    IdentityAndAccountStay = {
      of      = local.environments
      actions = ["account:*", "iam:*", "organizations:*", "s3:PutAccountPublicAccessBlock"]
    }
    OtherEnvironmentsByTag = {
      of      = local.environments
      actions = ["*"]
      when    = { StringEquals = { "aws:ResourceTag/Environment" = local.other_environments } }
    }
    # Buckets have no tags in conditions.
    OtherEnvironmentsByName = {
      of      = local.environments
      actions = ["s3:*"]
      resources = flatten([
        for other in local.other_environments : [
          "arn:aws:s3:::${var.project}-${other}-*", "arn:aws:s3:::opsplane-${other}-*", "arn:aws:s3:::*/${other}/terraform.tfstate",
        ]
      ])
    }
    # What all environments share may be read: images pulled, the state decrypted.
    SharedThings = {
      of      = local.environments
      all_but = ["ecr:Batch*", "ecr:Describe*", "ecr:GetDownloadUrlForLayer", "kms:Decrypt", "kms:DescribeKey", "s3:Get*", "s3:List*"]
      when    = { StringEquals = { "aws:ResourceTag/Environment" = "global" } }
    }
    SharedBuckets = {
      of        = local.environments
      actions   = ["s3:Delete*", "s3:Put*"]
      resources = ["arn:aws:s3:::${var.project}-global-*", "arn:aws:s3:::${var.project}-terraform-state-*"]
    }

    # --- production's workloads --------------------------------------------------------------------------------------

    ProdDataStays = {
      of      = ["prod"]
      actions = concat(local.data_of_prod, ["s3:DeleteBucket"])
    }
    # IAM sees that a rule is written, not for which addresses.
    ProdRulesStay = {
      of      = ["prod"]
      actions = local.group_rules
      when    = local.except.rules
    }

    # --- everybody ---------------------------------------------------------------------------------------------------

    # Taking the block away is the same action as setting it.
    BucketsStayPrivate = {
      of      = local.everywhere
      actions = ["s3:PutBucketPublicAccessBlock"]
      when    = local.except.builders
    }
    NothingIsMadePublic = {
      of      = local.everywhere
      actions = ["s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObject", "s3:PutObjectAcl"]
      when    = { StringEquals = { "s3:x-amz-acl" = ["authenticated-read", "public-read", "public-read-write"] } }
    }

    # --- pipelines, people and the account's own services ------------------------------------------------------------

    SecurityServicesAreNotStopped = {
      of = ["global"]
      actions = [
        "access-analyzer:Delete*", "cloudtrail:Delete*", "cloudtrail:StopLogging", "config:DeleteConfigurationRecorder",
        "config:DeleteDeliveryChannel", "config:StopConfigurationRecorder", "guardduty:Delete*", "guardduty:Disassociate*",
        "guardduty:StopMonitoringMembers", "inspector2:Disable*", "securityhub:Delete*", "securityhub:DisableSecurityHub",
        "securityhub:Disassociate*",
      ]
    }
    # These can blind a service as well as set it up.
    SecurityServicesAreNotChanged = {
      of = ["global"]
      actions = [
        "access-analyzer:*ArchiveRule", "cloudtrail:Put*", "cloudtrail:Update*", "config:DeleteConfigRule",
        "config:DeleteConformancePack", "config:Put*", "guardduty:Create*", "guardduty:Update*",
        "s3:PutAccountPublicAccessBlock", "securityhub:BatchDisableStandards", "securityhub:Update*",
      ]
      when = local.except.owner
    }
    BoundariesAreNotChanged = {
      of        = ["global"]
      actions   = ["iam:CreatePolicyVersion", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion"]
      resources = local.boundaries
    }
    BoundariesAreNotTakenOff = {
      of      = ["global"]
      actions = ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"]
    }
    # Matches a request without any boundary, too.
    NobodyIsMadeWithoutOne = {
      of      = ["global"]
      actions = ["iam:CreateRole", "iam:CreateUser", "iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary"]
      when    = { StringNotEquals = { "iam:PermissionsBoundary" = local.boundaries } }
    }
    NoLastingCredentials = {
      of = ["global"]
      actions = [
        "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential", "iam:UpdateLoginProfile",
        "iam:UploadSSHPublicKey", "iam:UploadSigningCertificate",
      ]
    }
    AccountStaysWhereItIs = {
      of      = ["global"]
      actions = ["account:CloseAccount", "organizations:LeaveOrganization"]
    }
    ProdDataStaysByTag = {
      of      = ["global"]
      actions = local.data_of_prod
      when    = { StringEquals = { "aws:ResourceTag/Environment" = "prod" } }
    }
    ProdBucketsStay = {
      of        = ["global"]
      actions   = ["s3:DeleteBucket"]
      resources = ["arn:aws:s3:::${var.project}-prod-*", "arn:aws:s3:::opsplane-prod-*"]
    }
    ProdRulesStayByTag = {
      of      = ["global"]
      actions = local.group_rules
      when    = merge(local.except.rules, { StringEquals = { "aws:ResourceTag/Environment" = "prod" } })
    }
  }
}
