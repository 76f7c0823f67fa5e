locals {
  # Names are put together here, not taken from the buckets: their policies must know them first.
  trail_bucket       = "${local.name}-trail-${var.account_id}"
  config_bucket      = "${local.name}-config-${var.account_id}"
  access_logs_bucket = "${local.name}-access-logs-${var.account_id}"
  trail_arn          = "arn:aws:cloudtrail:${var.region}:${var.account_id}:trail/${local.name}-trail"
}

# S3 delivers its access logs only to buckets with its own encryption.
module "access_logs" {
  source = "../modules/secure-bucket"

  name              = local.access_logs_bucket
  versioning        = false
  expire_after_days = 365
  force_destroy     = var.emulated

  policy_statements = [jsonencode({
    Sid       = "ServerAccessLogs"
    Effect    = "Allow"
    Principal = { Service = "logging.s3.amazonaws.com" }
    Action    = "s3:PutObject"
    Resource  = "arn:aws:s3:::${local.access_logs_bucket}/s3/*"
    Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
  })]
}

module "trail_bucket" {
  source = "../modules/secure-bucket"

  name              = local.trail_bucket
  kms_key_arn       = module.encryption.key_arn
  object_lock_days  = var.trail_lock_days
  access_log_bucket = module.access_logs.id
  force_destroy     = var.emulated

  policy_statements = [
    jsonencode({
      Sid       = "TrailReadsAcl"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:GetBucketAcl"
      Resource  = "arn:aws:s3:::${local.trail_bucket}"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    }),
    jsonencode({
      Sid       = "TrailWrites"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.trail_bucket}/AWSLogs/${var.account_id}/*"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn, "s3:x-amz-acl" = "bucket-owner-full-control" } }
    }),
  ]
}

module "config_bucket" {
  source = "../modules/secure-bucket"

  name              = local.config_bucket
  kms_key_arn       = module.encryption.key_arn
  access_log_bucket = module.access_logs.id
  force_destroy     = var.emulated

  policy_statements = [
    jsonencode({
      Sid       = "ConfigReadsBucket"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
      Resource  = "arn:aws:s3:::${local.config_bucket}"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }),
    jsonencode({
      Sid       = "ConfigWrites"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.config_bucket}/AWSLogs/${var.account_id}/Config/*"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }),
  ]
}
