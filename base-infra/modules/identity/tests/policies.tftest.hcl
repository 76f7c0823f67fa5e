mock_provider "aws" {}

variables {
  project                 = "cloudplatform"
  account_id              = "000000000000"
  region                  = "us-east-1"
  domain_name             = "example.com"
  repository_arns         = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  state_bucket_arn        = "arn:aws:s3:::cloudplatform-terraform-state-000000000000"
  github_subject_prefixes = ["repo:example-org/platform"]
}

run "pushing_takes_eight_rights" {
  command = plan

  assert {
    condition = sort(flatten([for s in jsondecode(aws_iam_role_policy.this["build-push"].policy).Statement : s.Action])) == tolist([
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
    ])
    error_message = "The rights to push are others than documented."
  }

  assert {
    condition     = [for s in jsondecode(aws_iam_role_policy.this["build-push"].policy).Statement : s.Action if s.Resource == "*"] == [["ecr:GetAuthorizationToken"]]
    error_message = "Only the login names every repository."
  }
}

# The golden copy of what deploying takes; that it stays in its environment is decided call by call in a table.
run "deploying_is_about_one_service" {
  command = plan

  assert {
    condition = jsonencode({
      for s in jsondecode(aws_iam_role_policy.this["deploy-prod"].policy).Statement : s.Sid => [join(" ", s.Action), s.Resource]
      }) == jsonencode({
      DescribeRevisions = ["ecs:DescribeTaskDefinition", "*"]
      PassTaskRoles = ["iam:PassRole", [
        "arn:aws:iam::000000000000:role/cloudplatform-prod-role-ecs-execution",
        "arn:aws:iam::000000000000:role/cloudplatform-prod-role-ecs-task",
      ]]
      RecordImages = [
        "ecr:BatchGetImage ecr:DescribeImageScanFindings ecr:DescribeImages ecr:PutImage",
        ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"],
      ]
      RegisterRevisions = [
        "ecs:RegisterTaskDefinition ecs:TagResource",
        ["arn:aws:ecs:us-east-1:000000000000:task-definition/cloudplatform-prod-task-fastapi:*"],
      ]
      RunMigrations = ["ecs:RunTask", ["arn:aws:ecs:us-east-1:000000000000:task-definition/cloudplatform-prod-task-fastapi:*"]]
      UpdateService = [
        "ecs:DescribeServices ecs:ListServiceDeployments ecs:UpdateService",
        ["arn:aws:ecs:us-east-1:000000000000:service/cloudplatform-prod-ecs-cluster/cloudplatform-prod-service-fastapi"],
      ]
      WatchAlarms = ["cloudwatch:DescribeAlarms", "*"]
      WatchDeployments = ["ecs:DescribeServiceDeployments", [
        "arn:aws:ecs:us-east-1:000000000000:service/cloudplatform-prod-ecs-cluster/cloudplatform-prod-service-fastapi",
        "arn:aws:ecs:us-east-1:000000000000:service-deployment/cloudplatform-prod-ecs-cluster/cloudplatform-prod-service-fastapi/*",
      ]]
      WatchMigrations = ["ecs:DescribeTasks", ["arn:aws:ecs:us-east-1:000000000000:task/cloudplatform-prod-ecs-cluster/*"]]
    })
    error_message = "The rights to deploy are others than documented."
  }
}

run "people_look_restart_and_in_dev_open_a_shell" {
  command = plan

  assert {
    condition = jsonencode({
      for environment in ["dev", "staging", "prod"] : environment =>
      join(" ", [for s in jsondecode(aws_iam_role_policy.this["developer-${environment}"].policy).Statement : s.Sid])
      }) == jsonencode({
      dev     = "DecryptSecrets EncryptShell OpenShell QueryLogs ReadSecrets RestartService StopQueries"
      prod    = "QueryLogs StopQueries"
      staging = "QueryLogs RestartService StopQueries"
    })
    error_message = "People hold other rights than documented."
  }
}

# The golden copy of which denials and rights hang on which role.
run "denials_hang_on_every_role" {
  command = plan

  assert {
    condition = jsonencode({ for role in distinct([for a in aws_iam_role_policy_attachment.this : a.role]) : trimprefix(role, "cloudplatform-global-role-") =>
      join(" ", sort([for a in aws_iam_role_policy_attachment.this : trimprefix(a.policy_arn, "arn:aws:iam::000000000000:policy/cloudplatform-global-") if a.role == role]))
      }) == jsonencode({
      break-glass          = "guardrail-evidence"
      build-push           = "guardrail-account guardrail-evidence guardrail-prod"
      deploy-dev           = "guardrail-account guardrail-evidence guardrail-only-dev guardrail-prod"
      deploy-fleet-dev     = "guardrail-account guardrail-evidence guardrail-only-dev guardrail-prod"
      deploy-fleet-prod    = "guardrail-account guardrail-evidence guardrail-only-prod guardrail-prod"
      deploy-fleet-staging = "guardrail-account guardrail-evidence guardrail-only-staging guardrail-prod"
      deploy-prod          = "guardrail-account guardrail-evidence guardrail-only-prod guardrail-prod"
      deploy-staging       = "guardrail-account guardrail-evidence guardrail-only-staging guardrail-prod"
      developer-dev        = "guardrail-account guardrail-evidence guardrail-only-dev guardrail-prod read"
      developer-prod       = "guardrail-account guardrail-evidence guardrail-only-prod guardrail-prod read"
      developer-staging    = "guardrail-account guardrail-evidence guardrail-only-staging guardrail-prod read"
      fleet-stack-dev      = "fleet-stack-dev guardrail-account guardrail-evidence guardrail-only-dev guardrail-prod"
      fleet-stack-prod     = "fleet-stack-prod guardrail-account guardrail-evidence guardrail-only-prod guardrail-prod"
      fleet-stack-staging  = "fleet-stack-staging guardrail-account guardrail-evidence guardrail-only-staging guardrail-prod"
      plan                 = "guardrail-account guardrail-evidence guardrail-prod read"
      terraform-dev        = "guardrail-account guardrail-evidence guardrail-only-dev guardrail-prod read terraform-dev-core terraform-dev-data terraform-dev-network"
      terraform-global     = "guardrail-account guardrail-evidence guardrail-prod read terraform-global-identity terraform-global-services"
      terraform-prod       = "guardrail-account guardrail-evidence guardrail-only-prod guardrail-prod read terraform-prod-core terraform-prod-data terraform-prod-network"
      terraform-staging    = "guardrail-account guardrail-evidence guardrail-only-staging guardrail-prod read terraform-staging-core terraform-staging-data terraform-staging-network"
    })
    error_message = "A role has other policies than documented."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.administrator.role == "cloudplatform-global-role-break-glass" && aws_iam_role_policy_attachment.administrator.policy_arn == "arn:aws:iam::aws:policy/AdministratorAccess"
    error_message = "Break-glass administers; nobody else does."
  }

  assert {
    condition     = aws_iam_group_policy_attachment.require_mfa.group == "cloudplatform-global-group-people" && endswith(aws_iam_group_policy_attachment.require_mfa.policy_arn, "-require-mfa")
    error_message = "Users of the console need MFA."
  }
}

# The golden copy of what production's data and rules are kept from.
run "production_is_guarded" {
  command = plan

  assert {
    condition = jsonencode({ for s in jsondecode(aws_iam_policy.this["guardrail-prod"].policy).Statement : s.Sid => [s.Effect, join(" ", s.Action), try(s.Condition, null)] }) == jsonencode({
      KeepBuckets = ["Deny", "s3:DeleteBucket s3:DeleteObjectVersion", null]
      KeepData = [
        "Deny",
        "backup:DeleteBackupPlan backup:DeleteBackupVault backup:DeleteBackupVaultAccessPolicy backup:DeleteBackupVaultLockConfiguration backup:DeleteRecoveryPoint dynamodb:DeleteTable ecs:DeleteCluster ecs:DeleteService elasticache:DeleteCacheCluster elasticache:DeleteReplicationGroup elasticache:DeleteSnapshot kms:DisableKey kms:ScheduleKeyDeletion rds:DeleteDBCluster rds:DeleteDBClusterSnapshot rds:DeleteDBInstance rds:DeleteDBInstanceAutomatedBackup rds:DeleteDBSnapshot secretsmanager:DeleteSecret",
        { StringEquals = { "aws:ResourceTag/Environment" = "prod" } },
      ]
      KeepDatabase = ["Deny", "rds:DeleteDBInstance rds:DeleteDBInstanceAutomatedBackup rds:DeleteDBSnapshot", null]
      KeepRules = [
        "Deny",
        "ec2:AuthorizeSecurityGroupEgress ec2:AuthorizeSecurityGroupIngress ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress",
        {
          ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::000000000000:role/cloudplatform-global-role-break-glass", "arn:aws:iam::000000000000:role/cloudplatform-global-role-terraform-prod"] }
          StringEquals = { "aws:ResourceTag/Environment" = "prod" }
        },
      ]
    })
    error_message = "Production is guarded otherwise than documented."
  }
}

# Guards against a guardrail that allows, and against a right that names every action.
run "nothing_is_allowed_wholesale" {
  command = plan

  assert {
    condition = [
      for name, policy in aws_iam_policy.this : name if startswith(name, "guardrail-") && anytrue([for s in jsondecode(policy.policy).Statement : s.Effect != "Deny"])
    ] == []
    error_message = "A guardrail only denies."
  }

  assert {
    condition = flatten([
      for name, policy in merge(aws_iam_policy.this, aws_iam_role_policy.this) : [
        for s in jsondecode(policy.policy).Statement : "${name} ${s.Sid}"
        if s.Effect == "Allow" && anytrue([for action in try(s.Action, ["*"]) : action == "*" || endswith(action, ":*")])
      ]
    ]) == []
    error_message = "A statement allows every action, or all of a service."
  }

  # What may be about everything, unconditionally: each of these says why in its table.
  assert {
    condition = sort(distinct(flatten([
      for name, policy in merge(aws_iam_policy.this, aws_iam_role_policy.this) : [
        for s in jsondecode(policy.policy).Statement : s.Sid
        if s.Effect == "Allow" && flatten([s.Resource]) == ["*"] && !can(s.Condition)
      ]
      ]))) == tolist([
      "CheckHealth", "ConnectFirewall", "DescribeRevisions", "GuardAccount", "KeepPasswordRules", "ReadSettings",
      "RegistryLogin", "SeeAccount", "StopQueries", "WatchAlarms", "WithoutResource",
    ])
    error_message = "Another statement is about everything than is written down."
  }
}

run "passing_a_role_names_the_service" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for name, policy in merge(aws_iam_policy.this, aws_iam_role_policy.this) : [
        for s in jsondecode(policy.policy).Statement : can(s.Condition.StringEquals["iam:PassedToService"]) && s.Resource != "*"
        if s.Effect == "Allow" && contains(try(s.Action, []), "iam:PassRole")
      ]
    ]))
    error_message = "A role can be passed to any service."
  }
}

run "who_deploys_deletes_nothing" {
  command = plan

  assert {
    condition = flatten([
      for name, policy in aws_iam_role_policy.this : [
        for s in jsondecode(policy.policy).Statement : [for action in s.Action : "${name} ${action}" if strcontains(action, "Delete")]
      ] if startswith(name, "deploy-")
    ]) == []
    error_message = "A deploy role may delete something."
  }
}

# Guards against a pull request that writes: its workflow is whatever its author made of it.
run "planning_writes_nothing" {
  command = plan

  assert {
    condition = sort(distinct(flatten([for s in jsondecode(aws_iam_role_policy.this["plan"].policy).Statement : s.Action]))) == tolist([
      "kms:Decrypt", "s3:GetObject", "s3:ListBucket", "secretsmanager:GetSecretValue",
    ])
    error_message = "The rights to plan are others than documented."
  }
}

# Guards against a policy that only AWS refuses, at apply: managed ones end at 6,144 characters, a role's own at 10,240.
run "policies_fit_also_with_the_longest_name" {
  command = plan

  variables {
    project                 = "aprojectwithalongnam"
    repository_arns         = ["arn:aws:ecr:us-east-1:000000000000:repository/aprojectwithalongnam-service"]
    state_bucket_arn        = "arn:aws:s3:::aprojectwithalongnam-terraform-state-000000000000"
    lock_table_arn          = "arn:aws:dynamodb:us-east-1:000000000000:table/aprojectwithalongnam-global-terraform-lock"
    github_subject_prefixes = ["repo:an-organisation-with-a-long-name/a-repository", "repo:an-organisation-with-a-long-name@1234567890/a-repository@1234567890"]
  }

  assert {
    condition     = [for name, policy in aws_iam_policy.this : "${name} ${length(policy.policy)}" if length(policy.policy) > 6144] == []
    error_message = "A managed policy is too long."
  }

  assert {
    condition     = [for name, policy in aws_iam_role_policy.this : "${name} ${length(policy.policy)}" if length(policy.policy) > 10240] == []
    error_message = "The policy of a role is too long."
  }

  assert {
    condition     = max([for role in distinct([for a in aws_iam_role_policy_attachment.this : a.role]) : length([for a in aws_iam_role_policy_attachment.this : a if a.role == role])]...) <= 10
    error_message = "A role may have ten managed policies."
  }

  assert {
    condition     = max([for role in aws_iam_role.github : length(role.name)]...) <= 64
    error_message = "A role's name may have 64 characters."
  }
}

run "a_lock_table_is_locked_by_key" {
  command = plan

  variables {
    lock_table_arn = "arn:aws:dynamodb:us-east-1:000000000000:table/cloudplatform-global-terraform-lock"
  }

  assert {
    condition = one([
      for s in jsondecode(aws_iam_policy.this["terraform-dev-core"].policy).Statement : s.Condition["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"] if s.Sid == "LockInTable"
    ]) == ["cloudplatform-terraform-state-000000000000/dev/terraform.tfstate", "cloudplatform-terraform-state-000000000000/dev/terraform.tfstate-md5"]
    error_message = "A pipeline locks its own state."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.this["plan"].policy, "dynamodb:")
    error_message = "A pull request could take or hold the lock of any root."
  }
}

run "without_a_lock_table_nobody_may_use_one" {
  command = plan

  assert {
    condition     = !strcontains(join("", [for policy in merge(aws_iam_policy.this, aws_iam_role_policy.this) : policy.policy]), "LockInTable")
    error_message = "A right that nothing needs is granted."
  }
}
