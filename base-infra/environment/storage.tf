locals {
  alb_logs_bucket = "${local.name}-alb-logs-${var.account_id}"
}

# Load balancers and S3 itself deliver logs only to buckets with S3's own encryption: the one bucket without our key.
module "alb_logs" {
  source = "../modules/secure-bucket"

  name              = local.alb_logs_bucket
  versioning        = false
  expire_after_days = 365
  force_destroy     = !var.deletion_protection

  policy_statements = [
    jsonencode({
      Sid       = "LoadBalancerLogs"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.alb_logs_bucket}/AWSLogs/${var.account_id}/*"
      Condition = {
        ArnLike = {
          "aws:SourceArn" = "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/${local.name}-alb/*"
        }
      }
    }),
    jsonencode({
      Sid       = "ServerAccessLogs"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.alb_logs_bucket}/s3/*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:aws:s3:::${local.name}-*" }
      }
    }),
  ]
}

module "logs" {
  source = "../modules/secure-bucket"

  name              = "${local.name}-logs-${var.account_id}"
  kms_key_arn       = module.encryption.key_arn
  versioning        = false
  expire_after_days = 365
  access_log_bucket = module.alb_logs.id
  force_destroy     = !var.deletion_protection

  policy_statements = [
    jsonencode({
      Sid       = "LogsExportReadsAcl"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = "s3:GetBucketAcl"
      Resource  = "arn:aws:s3:::${local.name}-logs-${var.account_id}"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }),
    jsonencode({
      Sid       = "LogsExportWrites"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.name}-logs-${var.account_id}/*"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }),
  ]
}

# Snapshots that are exported, and what the application writes under its own prefix.
module "backups" {
  source = "../modules/secure-bucket"

  name              = "${local.name}-backups-${var.account_id}"
  kms_key_arn       = module.encryption.key_arn
  access_log_bucket = module.alb_logs.id
  force_destroy     = !var.deletion_protection
}

module "backup_plan" {
  source = "../modules/backup-plan"

  project                  = var.project
  environment              = var.environment
  account_id               = var.account_id
  resource_arns            = [module.database.arn]
  retention_days           = var.database.backup_retention_period
  vault_lock_days          = var.backup_vault_lock_days
  force_destroy            = !var.deletion_protection
  kms_key_arn              = module.encryption.key_arn
  permissions_boundary_arn = local.permissions_boundary_arn
}
