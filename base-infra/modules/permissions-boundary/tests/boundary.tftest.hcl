mock_provider "aws" {}

variables {
  project     = "cloudplatform"
  environment = "dev"
  account_id  = "000000000000"
}

run "workloads_are_bounded_by_what_workloads_do" {
  command = plan

  assert {
    condition     = aws_iam_policy.this.name == "cloudplatform-dev-boundary" && output.policy_arn == "arn:aws:iam::000000000000:policy/cloudplatform-dev-boundary"
    error_message = "Roles name the boundary by an ARN that follows from its name."
  }

  assert {
    condition = join(" ", [for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Sid if s.Effect == "Allow"]) == join(" ", [
      "CloseBuckets", "KeepObjects", "PullImages", "ReadState", "RunWatchAndRemedy", "UseOwnMessagesAndSecrets",
    ])
    error_message = "The ceiling of workloads holds other permissions than documented."
  }

  # Guards against a ceiling that lets a mistaken policy reach identities, keys of users or the trail.
  assert {
    condition = [
      for action in flatten([for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Action if s.Effect == "Allow"]) : action
      if action == "*" || endswith(action, ":*") || can(regex("^(iam|sts|organizations|account|cloudtrail|inspector2):", action))
    ] == []
    error_message = "Workloads may at most do named things, and nothing with identities, the account or its trail."
  }
}

# The golden copy of what is denied to workloads of every environment.
run "workloads_are_denied_what_the_platform_forbids" {
  command = plan

  assert {
    condition = jsonencode({ for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Sid => join(" ", try(s.Action, s.NotAction)) if s.Effect == "Deny" }) == jsonencode({
      BucketsStayPrivate      = "s3:PutBucketPublicAccessBlock"
      IdentityAndAccountStay  = "account:* iam:* organizations:* s3:PutAccountPublicAccessBlock"
      NothingIsMadePublic     = "s3:CreateBucket s3:PutBucketAcl s3:PutObject s3:PutObjectAcl"
      OtherEnvironmentsByName = "s3:*"
      OtherEnvironmentsByTag  = "*"
      SecurityServicesStay    = "access-analyzer:* cloudtrail:* config:Delete* config:Put* config:Stop* guardduty:Create* guardduty:Delete* guardduty:Dis* guardduty:Stop* guardduty:Update* inspector2:* securityhub:BatchDisable* securityhub:Delete* securityhub:Dis* securityhub:Update*"
      SharedBuckets           = "s3:Delete* s3:Put*"
      SharedThings            = "ecr:Batch* ecr:Describe* ecr:GetDownloadUrlForLayer kms:Decrypt kms:DescribeKey s3:Get* s3:List*"
    })
    error_message = "Something else is denied to workloads than what is written down."
  }

  assert {
    condition = one([
      for s in jsondecode(aws_iam_policy.this.policy).Statement : jsonencode(s.Condition) if s.Sid == "OtherEnvironmentsByTag"
    ]) == jsonencode({ StringEquals = { "aws:ResourceTag/Environment" = ["staging", "prod"] } })
    error_message = "dev may not touch what is tagged staging or prod."
  }

  assert {
    condition = one([
      for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Resource if s.Sid == "OtherEnvironmentsByName"
      ]) == [
      "arn:aws:s3:::cloudplatform-staging-*", "arn:aws:s3:::opsplane-staging-*", "arn:aws:s3:::*/staging/terraform.tfstate",
      "arn:aws:s3:::cloudplatform-prod-*", "arn:aws:s3:::opsplane-prod-*", "arn:aws:s3:::*/prod/terraform.tfstate",
    ]
    error_message = "dev may not touch the buckets and states of staging and prod."
  }

  assert {
    condition     = one([for s in jsondecode(aws_iam_policy.this.policy).Statement : s if s.Sid == "BucketsStayPrivate"]).Condition.ArnNotLike["aws:PrincipalArn"] == ["arn:aws:iam::000000000000:role/opsplane-dev-RemediatorFunctionRole-*"]
    error_message = "Only the remediator touches the block of a bucket: it is the one that closes it."
  }
}

run "production_keeps_its_data_and_its_rules" {
  command = plan

  variables {
    environment = "prod"
  }

  assert {
    condition = jsonencode({ for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Sid => join(" ", s.Action) if startswith(s.Sid, "Prod") }) == jsonencode({
      ProdDataStays = "backup:DeleteBackup* backup:DeleteRecoveryPoint dynamodb:DeleteTable ecs:DeleteCluster ecs:DeleteService elasticache:DeleteCacheCluster elasticache:DeleteReplicationGroup elasticache:DeleteSnapshot kms:DisableKey kms:ScheduleKeyDeletion rds:DeleteDB* secretsmanager:DeleteSecret s3:DeleteBucket"
      ProdRulesStay = "ec2:AuthorizeSecurityGroup* ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroup*"
    })
    error_message = "Data of production can be deleted, or its rules written."
  }

  assert {
    condition = one([
      for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Condition.ArnNotLike["aws:PrincipalArn"] if s.Sid == "ProdRulesStay"
      ]) == [
      "arn:aws:iam::000000000000:role/cloudplatform-global-role-terraform-prod",
      "arn:aws:iam::000000000000:role/opsplane-prod-RemediatorFunctionRole-*",
    ]
    error_message = "Rules of production are written by its pipeline and closed by its remediator, by nobody else."
  }
}

run "development_may_delete_its_own_data" {
  command = plan

  assert {
    condition     = !strcontains(aws_iam_policy.this.policy, "rds:DeleteDB")
    error_message = "Deleting is denied in production only."
  }
}

# The golden copy of what is denied to pipelines, people and the account's own services.
run "those_who_build_are_bounded_by_denials" {
  command = plan

  variables {
    environment = "global"
  }

  # Guards against a second statement that allows everything.
  assert {
    condition = one([
      for s in jsondecode(aws_iam_policy.this.policy).Statement : "${s.Sid} ${join(" ", s.Action)}" if s.Effect == "Allow"
    ]) == "WhatIsNotDenied *"
    error_message = "There is one statement that allows, and it is bounded by the denials."
  }

  assert {
    condition = jsonencode({ for s in jsondecode(aws_iam_policy.this.policy).Statement : s.Sid => join(" ", s.Action) if s.Effect == "Deny" }) == jsonencode({
      AccountStaysWhereItIs         = "account:CloseAccount organizations:LeaveOrganization"
      BoundariesAreNotChanged       = "iam:CreatePolicyVersion iam:DeletePolicy* iam:SetDefaultPolicyVersion"
      BoundariesAreNotTakenOff      = "iam:DeleteRolePermissionsBoundary iam:DeleteUserPermissionsBoundary"
      BucketsStayPrivate            = "s3:PutBucketPublicAccessBlock"
      NoLastingCredentials          = "iam:CreateAccessKey iam:CreateLoginProfile iam:CreateServiceSpecificCredential iam:UpdateLoginProfile iam:UploadSSHPublicKey iam:UploadSigningCertificate"
      NobodyIsMadeWithoutOne        = "iam:CreateRole iam:CreateUser iam:PutRolePermissionsBoundary iam:PutUserPermissionsBoundary"
      NothingIsMadePublic           = "s3:CreateBucket s3:PutBucketAcl s3:PutObject s3:PutObjectAcl"
      ProdBucketsStay               = "s3:DeleteBucket"
      ProdDataStaysByTag            = "backup:DeleteBackup* backup:DeleteRecoveryPoint dynamodb:DeleteTable ecs:DeleteCluster ecs:DeleteService elasticache:DeleteCacheCluster elasticache:DeleteReplicationGroup elasticache:DeleteSnapshot kms:DisableKey kms:ScheduleKeyDeletion rds:DeleteDB* secretsmanager:DeleteSecret"
      ProdRulesStayByTag            = "ec2:AuthorizeSecurityGroup* ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroup*"
      SecurityServicesAreNotChanged = "access-analyzer:*ArchiveRule cloudtrail:Put* cloudtrail:Update* config:DeleteConfigRule config:DeleteConformancePack config:Put* guardduty:Create* guardduty:Update* s3:PutAccountPublicAccessBlock securityhub:BatchDisableStandards securityhub:Update*"
      SecurityServicesAreNotStopped = "access-analyzer:Delete* cloudtrail:Delete* cloudtrail:StopLogging config:DeleteConfigurationRecorder config:DeleteDeliveryChannel config:StopConfigurationRecorder guardduty:Delete* guardduty:Disassociate* guardduty:StopMonitoringMembers inspector2:Disable* securityhub:Delete* securityhub:DisableSecurityHub securityhub:Disassociate*"
    })
    error_message = "Something else is denied to those who build than what is written down."
  }

  # Guards against a pattern: who may make policies could make one that matches it, and hang it on a role.
  assert {
    condition     = !strcontains(jsonencode([for s in jsondecode(aws_iam_policy.this.policy).Statement : [s.Resource, try(s.Condition, null)] if strcontains(s.Sid, "Bound") || s.Sid == "NobodyIsMadeWithoutOne"]), "*-boundary")
    error_message = "Boundaries are named one by one."
  }
}

run "a_project_name_of_21_letters_is_refused" {
  command = plan

  variables {
    project     = "aprojectwithalongname"
    environment = "prod"
  }

  expect_failures = [var.project]
}

# Guards against a project name that only fails at apply.
run "the_longest_boundary_fits_into_a_managed_policy" {
  command = plan

  variables {
    project     = "aprojectwithalongnam"
    environment = "prod"
  }

  assert {
    condition     = length(aws_iam_policy.this.policy) <= 6144
    error_message = "A managed policy may have 6,144 characters."
  }
}

run "an_unknown_environment_is_refused" {
  command = plan

  variables {
    environment = "test"
  }

  expect_failures = [var.environment]
}

run "an_account_by_name_is_refused" {
  command = plan

  variables {
    account_id = "production"
  }

  expect_failures = [var.account_id]
}
