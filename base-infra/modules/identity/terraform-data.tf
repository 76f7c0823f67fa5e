# Database, cache, containers, secrets, logs, alarms: things with names.
locals {
  terraform_data = {
    for environment in local.environments : environment => {
      Database = {
        actions = [
          "rds:*TagsToResource", "rds:*TagsFromResource", "rds:CreateDBInstance", "rds:CreateDBParameterGroup",
          "rds:CreateDBSnapshot", "rds:CreateDBSubnetGroup", "rds:DeleteDB*", "rds:ModifyDB*", "rds:RebootDBInstance",
          "rds:ResetDBParameterGroup", "rds:RestoreDBInstance*", "rds:StartDBInstance", "rds:StopDBInstance",
        ]
        resources = concat(
          [
            for kind in ["db", "pg", "snapshot", "subgrp"] :
            "arn:aws:rds:${var.region}:${var.account_id}:${kind}:${local.own[environment].name}-*"
          ],
          ["arn:aws:rds:${var.region}:${var.account_id}:og:default:*"],
        )
      }
      # RDS makes the master's secret in the caller's name and calls it rds!db-….
      MasterSecret = {
        actions   = ["secretsmanager:CreateSecret", "secretsmanager:TagResource"]
        resources = ["arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:rds!db-*"]
      }
      RotateMasterSecret = {
        actions   = ["secretsmanager:CancelRotateSecret", "secretsmanager:RotateSecret"]
        resources = ["arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:rds!db-*"]
        when = {
          StringLike = {
            "aws:ResourceTag/aws:rds:primaryDBInstanceArn" = "arn:aws:rds:${var.region}:${var.account_id}:db:${local.own[environment].name}-*"
          }
        }
      }
      Cache = {
        actions = [
          "elasticache:*TagsToResource", "elasticache:*TagsFromResource", "elasticache:Create*", "elasticache:DecreaseReplicaCount",
          "elasticache:Delete*", "elasticache:IncreaseReplicaCount", "elasticache:Modify*", "elasticache:ResetCacheParameterGroup",
        ]
        resources = [
          for kind in ["cluster", "parametergroup", "replicationgroup", "snapshot", "subnetgroup"] :
          "arn:aws:elasticache:${var.region}:${var.account_id}:${kind}:${local.own[environment].name}-*"
        ]
      }
      Containers = {
        actions = [
          "ecs:CreateCluster", "ecs:CreateService", "ecs:DeleteCluster", "ecs:DeleteService", "ecs:PutClusterCapacityProviders",
          "ecs:RegisterTaskDefinition", "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster*", "ecs:UpdateService",
        ]
        resources = [
          for kind in ["cluster", "service", "task-definition"] :
          "arn:aws:ecs:${var.region}:${var.account_id}:${kind}/${local.own[environment].name}-*"
        ]
      }
      MakeScaling = {
        actions   = ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:TagResource"]
        resources = ["*"]
        when      = local.made_here[environment]
      }
      KeepScaling = {
        actions = [
          "application-autoscaling:Delete*", "application-autoscaling:Deregister*", "application-autoscaling:Put*",
          "application-autoscaling:RegisterScalableTarget", "application-autoscaling:TagResource", "application-autoscaling:UntagResource",
        ]
        resources = ["*"]
        when      = local.kept_here[environment]
      }
      NamedThings = {
        actions = [
          "backup:CreateBackupVault", "backup:DeleteBackupVault*", "backup:PutBackupVault*", "backup:TagResource",
          "backup:UntagResource", "cloudwatch:*agResource", "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards",
          "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm", "kms:*Alias", "logs:*KmsKey", "logs:*MetricFilter",
          "logs:*RetentionPolicy", "logs:*agResource", "logs:CreateLogGroup", "logs:DeleteLogGroup",
          "secretsmanager:*agResource", "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret",
          "secretsmanager:*ResourcePolicy", "secretsmanager:PutSecretValue", "secretsmanager:RestoreSecret",
          "secretsmanager:UpdateSecret", "ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter",
          "ssm:RemoveTagsFromResource",
        ]
        resources = concat(local.own[environment].logs, [
          "arn:aws:backup:${var.region}:${var.account_id}:backup-vault:${local.own[environment].name}-*",
          "arn:aws:cloudwatch::${var.account_id}:dashboard/${local.own[environment].name}-*",
          "arn:aws:cloudwatch:${var.region}:${var.account_id}:alarm:${local.own[environment].name}-*",
          "arn:aws:kms:${var.region}:${var.account_id}:alias/${local.own[environment].name}*",
          "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:/${environment}/*",
          "arn:aws:ssm:${var.region}:${var.account_id}:parameter/opsplane/${environment}/base/*",
        ])
      }
      ReadDatabasePointer = {
        actions   = ["secretsmanager:GetSecretValue"]
        resources = [local.own[environment].database_pointer]
      }
      # These know no resource.
      WithoutResource = {
        actions = [
          "backup-storage:MountCapsule", "ecs:DeregisterTaskDefinition", "logs:DeleteQueryDefinition", "logs:PutQueryDefinition",
        ]
      }
    }
  }
}
