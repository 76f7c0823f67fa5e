# Applies the account's root: the pipelines' and people's roles among other things, so whoever approves its runs decides
# about everybody's rights. Its boundary is what it cannot lift; break-glass is what it cannot touch.
locals {
  global_name = "${var.project}-global"

  terraform_global_statements = {
    terraform-global-identity = merge({
      MakeBoundedRoles = {
        actions = [
          "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
          "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
        ]
        resources = ["arn:aws:iam::${var.account_id}:role/${local.global_name}-*"]
        when      = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns.global } }
      }
      KeepRoles = {
        actions   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole*"]
        resources = ["arn:aws:iam::${var.account_id}:role/${local.global_name}-*"]
      }
      KeepPolicies = {
        actions = [
          "iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion",
          "iam:TagPolicy", "iam:UntagPolicy",
        ]
        resources = ["arn:aws:iam::${var.account_id}:policy/${local.global_name}-*"]
      }
      MakeBoundaries = {
        actions   = ["iam:CreatePolicy", "iam:TagPolicy"]
        resources = [for owner in local.owners : local.boundary_arns[owner]]
      }
      KeepGroupOfPeople = {
        actions   = ["iam:AttachGroupPolicy", "iam:CreateGroup", "iam:DeleteGroup", "iam:DetachGroupPolicy", "iam:UpdateGroup"]
        resources = ["arn:aws:iam::${var.account_id}:group/${local.global_name}-*"]
      }
      KeepGithubProvider = {
        actions = [
          "iam:AddClientIDToOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider",
          "iam:RemoveClientIDFromOpenIDConnectProvider", "iam:TagOpenIDConnectProvider", "iam:UntagOpenIDConnectProvider",
          "iam:UpdateOpenIDConnectProviderThumbprint",
        ]
        resources = [local.oidc_provider_arn]
      }
      PassServiceRoles = {
        actions   = ["iam:PassRole"]
        resources = ["${local.role_arn}cloudtrail", "${local.role_arn}config"]
        when      = { StringEquals = { "iam:PassedToService" = ["cloudtrail.amazonaws.com", "config.amazonaws.com"] } }
      }
      MakeServiceLinkedRoles = {
        actions   = ["iam:CreateServiceLinkedRole"]
        resources = ["arn:aws:iam::${var.account_id}:role/aws-service-role/*"]
        when = {
          StringEquals = {
            "iam:AWSServiceName" = [
              for service in [
                "access-analyzer", "agentless.inspector2", "config", "config-conforms", "guardduty", "inspector2", "replication.ecr",
                "securityhub",
              ] : "${service}.amazonaws.com"
            ]
          }
        }
      }
      # The account's settings know no resource.
      KeepPasswordRules = {
        actions = ["iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"]
      }
      FindState = {
        actions   = ["s3:ListBucket"]
        resources = [var.state_bucket_arn]
      }
      WriteOwnState = {
        actions   = ["s3:GetObject", "s3:PutObject"]
        resources = [local.state_object.global]
      }
      LockOwnState = {
        actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        resources = ["${local.state_object.global}.tflock"]
      }
    }, local.lock_statements.global)

    terraform-global-services = {
      # Guards of the account. What would stop them is denied by guardrails and boundary.
      GuardAccount = {
        actions = [
          "access-analyzer:Create*", "access-analyzer:TagResource", "access-analyzer:UpdateAnalyzer", "ce:Create*", "ce:Delete*",
          "ce:TagResource", "ce:Update*", "config:*agResource", "config:DeleteConfigRule", "config:DeleteConformancePack",
          "config:Put*", "config:StartConfigurationRecorder", "ec2:EnableEbsEncryptionByDefault", "ec2:EnableSnapshotBlockPublicAccess",
          "ec2:ModifyEbsDefaultKmsKeyId", "ec2:ModifyInstanceMetadataDefaults",
          "ecr:PutRegistryScanningConfiguration", "ecr:PutReplicationConfiguration", "guardduty:*agResource",
          "guardduty:CreateDetector", "guardduty:UpdateDetector", "inspector2:*agResource", "inspector2:Enable",
          "inspector2:UpdateConfiguration", "route53:CreateHostedZone", "s3:PutAccountPublicAccessBlock",
          "securityhub:*agResource", "securityhub:BatchDisableStandards", "securityhub:BatchEnableStandards",
          "securityhub:CreateActionTarget", "securityhub:EnableSecurityHub", "securityhub:Update*", "sns:Unsubscribe",
        ]
        # Settings of the account, detectors and recorders have no name, or none that can be chosen.
        resources = ["*"]
      }
      NamedThings = {
        actions = [
          "budgets:*agResource", "budgets:ModifyBudget", "cloudtrail:AddTags", "cloudtrail:CreateTrail", "cloudtrail:Put*",
          "cloudtrail:RemoveTags", "cloudtrail:StartLogging", "cloudtrail:UpdateTrail", "cloudwatch:*agResource",
          "cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "dynamodb:*agResource", "dynamodb:CreateTable",
          "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "events:*agResource", "events:*Rule", "events:*Targets",
          "kms:*Alias", "logs:*KmsKey", "logs:*MetricFilter", "logs:*RetentionPolicy", "logs:*agResource", "logs:CreateLogGroup",
          "sns:*agResource", "sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe",
        ]
        resources = concat(
          [
            for arn in [
              "budgets::%s:budget/", "cloudtrail:*:%s:trail/", "cloudwatch:*:%s:alarm:", "dynamodb:*:%s:table/", "events:*:%s:rule/",
              "kms:*:%s:alias/", "sns:*:%s:",
            ] : "arn:aws:${format(arn, var.account_id)}${local.global_name}*"
          ],
          ["arn:aws:logs:${var.region}:${var.account_id}:log-group:*${local.global_name}*"],
        )
      }
      Images = {
        actions = [
          "ecr:*LifecyclePolicy", "ecr:*RepositoryPolicy", "ecr:*agResource", "ecr:CreateRepository", "ecr:PutImageScanningConfiguration",
          "ecr:PutImageTagMutability",
        ]
        resources = ["arn:aws:ecr:*:${var.account_id}:repository/${var.project}-*"]
      }
      Buckets = {
        actions   = ["s3:CreateBucket", "s3:DeleteBucketPolicy", "s3:Put*Configuration", "s3:PutBucket*"]
        resources = ["arn:aws:s3:::${local.global_name}-*", var.state_bucket_arn]
      }
      MakeKey = {
        actions   = ["kms:CreateKey", "kms:TagResource"]
        resources = ["*"]
        when      = { StringEquals = { "aws:RequestTag/Environment" = "global" } }
      }
      KeepKey = {
        actions = [
          "kms:*Alias", "kms:CancelKeyDeletion", "kms:CreateGrant", "kms:EnableKey*", "kms:PutKeyPolicy", "kms:RetireGrant",
          "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
        ]
        resources = local.any_key
        when      = { StringEquals = { "aws:ResourceTag/Environment" = "global" } }
      }
      UseKey = {
        actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"]
        resources = local.any_key
        when      = merge(local.account_key, { StringLike = { "kms:ViaService" = "*.${var.region}.amazonaws.com" } })
      }
      Zone = {
        actions = [
          "route53:*HostedZoneDNSSEC", "route53:*KeySigningKey", "route53:ChangeResourceRecordSets", "route53:ChangeTagsForResource",
          "route53:UpdateHostedZoneComment",
        ]
        resources = ["arn:aws:route53:::hostedzone/*"]
      }
    }
  }
}
