locals {
  # What Terraform, and a person who looks for a mistake, must be able to see. Settings, not contents: no object, no
  # secret, no row and no log line.
  read_statements = {
    # A description cannot be scoped to a resource, or would need every name in advance.
    ReadSettings = {
      actions = [
        "access-analyzer:Get*", "access-analyzer:List*", "acm:Describe*", "acm:List*", "application-autoscaling:Describe*",
        "application-autoscaling:List*", "backup:Describe*", "backup:Get*", "backup:List*", "budgets:List*",
        "budgets:ViewBudget", "ce:Describe*", "ce:Get*", "ce:List*", "cloudformation:Describe*", "cloudformation:Get*",
        "cloudformation:List*", "cloudfront:Describe*", "cloudfront:Get*", "cloudfront:List*", "cloudtrail:Describe*",
        "cloudtrail:Get*", "cloudtrail:List*", "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*",
        "config:Describe*", "config:Get*", "config:List*", "dynamodb:Describe*", "dynamodb:List*", "ec2:Describe*",
        "ec2:GetEbs*", "ec2:GetInstanceMetadataDefaults", "ec2:GetManagedPrefixList*", "ec2:GetSecurityGroups*",
        "ec2:GetSnapshotBlockPublicAccessState", "ecr:BatchGetRepositoryScanningConfiguration",
        "ecr:Describe*", "ecr:GetAccountSetting", "ecr:GetLifecyclePolicy", "ecr:GetRegistry*", "ecr:GetRepositoryPolicy",
        "ecr:List*", "ecs:Describe*", "ecs:List*", "elasticache:Describe*", "elasticache:List*",
        "elasticloadbalancing:Describe*", "events:Describe*", "events:List*", "guardduty:Get*", "guardduty:List*",
        "iam:Get*", "iam:List*", "inspector2:BatchGet*", "inspector2:Get*", "inspector2:List*", "kms:Describe*",
        "kms:GetKey*", "kms:GetPublicKey", "kms:List*", "lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:List*",
        "logs:Describe*", "logs:GetDelivery*", "logs:List*", "rds:Describe*", "rds:List*", "route53:Get*", "route53:List*",
        "s3:GetAccelerateConfiguration", "s3:GetAccountPublicAccessBlock", "s3:GetAnalyticsConfiguration", "s3:GetBucket*",
        "s3:GetEncryptionConfiguration", "s3:GetIntelligentTieringConfiguration", "s3:GetInventoryConfiguration",
        "s3:GetLifecycleConfiguration", "s3:GetMetricsConfiguration", "s3:GetReplicationConfiguration",
        "s3:ListAllMyBuckets", "s3:ListBucket", "s3:ListTagsForResource", "scheduler:Get*", "scheduler:List*",
        "secretsmanager:Describe*", "secretsmanager:GetResourcePolicy", "secretsmanager:List*", "securityhub:Describe*",
        "securityhub:Get*", "securityhub:List*", "sns:Get*", "sns:List*", "sqs:GetQueueAttributes", "sqs:List*",
        "ssm:Describe*", "ssm:ListTagsForResource", "tag:Get*", "wafv2:Describe*", "wafv2:Get*", "wafv2:List*",
      ]
    }
    ReadPublishedParameters = {
      actions   = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
      resources = ["arn:aws:ssm:${var.region}:${var.account_id}:parameter/opsplane/*"]
    }
  }

  # Plans all roots, and writes nothing: whoever opens a pull request decides what its run does, and a lock is an object
  # that could be left there or taken from whoever is applying. So it plans with -lock=false.
  plan_statements = {
    FindState = {
      actions   = ["s3:ListBucket"]
      resources = [var.state_bucket_arn]
    }
    ReadStates = {
      actions   = ["s3:GetObject"]
      resources = [for owner in local.owners : local.state_object[owner]]
    }
    UseStateKey = {
      actions   = ["kms:Decrypt"]
      resources = local.any_key
      when      = merge(local.account_key, { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } })
    }
    # Terraform reads back the version that it wrote.
    ReadDatabasePointers = {
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [for environment in local.environments : local.own[environment].database_pointer]
    }
    DecryptDatabasePointers = {
      actions   = ["kms:Decrypt"]
      resources = local.any_key
      when = {
        StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" }
        StringLike = {
          "kms:EncryptionContext:SecretARN" = [for environment in local.environments : local.own[environment].database_pointer]
        }
      }
    }
  }
}
