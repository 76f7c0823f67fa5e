# The ceiling: what the roles of an environment may at most do. Their own policies say much less; this says where even a
# mistaken policy ends. It is short because a managed policy holds 6,144 characters.
locals {
  allowed = {
    # Descriptions, metrics, traces and sessions know no resource. Groups, keys, tasks and databases do, but their names
    # or ids do not tell the environment: those of others are refused by tag, in denied.tf.
    RunWatchAndRemedy = {
      of = local.environments
      actions = [
        "application-autoscaling:Describe*", "application-autoscaling:RegisterScalableTarget", "autoscaling:Describe*",
        "autoscaling:UpdateAutoScalingGroup", "backup:CopyIntoBackupVault",
        "backup:Describe*", "backup:Get*", "backup:List*", "backup:TagResource", "cloudwatch:*AlarmActions",
        "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:PutMetricData", "ec2:AuthorizeSecurityGroup*",
        "ec2:CreateSnapshot*", "ec2:CreateTags", "ec2:Describe*", "ec2:ModifyInstanceAttribute", "ec2:RevokeSecurityGroup*",
        "ec2:StartInstances", "ec2:StopInstances", "ecr:GetAuthorizationToken", "ecs:Describe*", "ecs:List*",
        "ecs:StopTask", "ecs:UpdateService", "elasticache:Describe*", "elasticache:ListTags*",
        "elasticache:ModifyReplicationGroup", "elasticloadbalancing:Describe*", "guardduty:Get*",
        "guardduty:List*", "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*",
        "kms:ReEncrypt*", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:Describe*", "logs:GetLogEvents", "logs:PutLogEvents",
        "logs:PutRetentionPolicy", "rds:*DBSnapshot*", "rds:AddTagsToResource", "rds:Describe*", "rds:ListTagsForResource",
        "rds:RestoreDBInstance*", "rds:StartDB*", "rds:StopDB*", "securityhub:Get*", "ssmmessages:Create*",
        "ssmmessages:Open*", "tag:GetResources", "xray:GetSampling*", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
      ]
      resources = ["*"]
    }
    PullImages = {
      of        = local.environments
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = ["arn:aws:ecr:*:${var.account_id}:repository/${var.project}-*"]
    }
    UseOwnMessagesAndSecrets = {
      of = local.environments
      actions = [
        "dynamodb:*Item", "dynamodb:Query", "events:PutEvents", "lambda:InvokeFunction", "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue", "sns:Publish", "sqs:*Message*", "sqs:GetQueue*", "ssm:GetParameter*",
      ]
      resources = concat(
        [
          for arn in ["dynamodb:*:%s:table/", "events:*:%s:event-bus/", "lambda:*:%s:function:", "sqs:*:%s:"] :
          format("arn:aws:${arn}opsplane-${var.environment}*", var.account_id)
        ],
        [
          "arn:aws:sns:*:${var.account_id}:${var.environment}-*-alerts",
          "arn:aws:ssm:*:${var.account_id}:parameter/opsplane/${var.environment}/*",
        ],
        # RDS names the secrets that it makes itself.
        [
          for path in ["/${var.environment}/", "opsplane/${var.environment}/", "rds!db-"] :
          "arn:aws:secretsmanager:*:${var.account_id}:secret:${path}*"
        ],
      )
    }
    KeepObjects = {
      of        = local.environments
      actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:Get*", "s3:List*", "s3:PutObject*"]
      resources = ["arn:aws:s3:::${local.name}-*", "arn:aws:s3:::opsplane-${var.environment}-*"]
    }
    # Drift is found by comparing the state with what is there.
    ReadState = {
      of        = local.environments
      actions   = ["s3:GetObject", "s3:ListBucket"]
      resources = ["arn:aws:s3:::${var.project}-terraform-state-*"]
    }
    CloseBuckets = {
      of        = local.environments
      actions   = ["s3:DeleteBucketPolicy", "s3:GetBucket*", "s3:PutBucketAcl", "s3:PutBucketP*"]
      resources = ["arn:aws:s3:::*"]
    }

    # For those who build the account the ceiling is made of denials alone: there is no list of what they may need.
    WhatIsNotDenied = {
      of        = ["global"]
      actions   = ["*"]
      resources = ["*"]
    }
  }
}
