locals {
  name = "${var.project}-global"

  tags = {
    Project     = var.project_tag
    Environment = "global"
    ManagedBy   = "terraform"
    Owner       = var.owner
  }

  # Names are put together here, not taken from the buckets: their policies must know them first.
  trail_bucket  = "${local.name}-trail-${var.account_id}"
  config_bucket = "${local.name}-config-${var.account_id}"
  trail_arn     = "arn:aws:cloudtrail:${var.region}:${var.account_id}:trail/${local.name}-trail"
}

module "encryption" {
  source = "../modules/encryption"

  project     = var.project
  environment = "global"
  region      = var.region
  account_id  = var.account_id
  services    = ["logs", "cloudtrail"]
}

module "trail_bucket" {
  source = "../modules/secure-bucket"

  name             = local.trail_bucket
  kms_key_arn      = module.encryption.key_arn
  object_lock_days = var.trail_lock_days
  force_destroy    = var.emulated

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

  name          = local.config_bucket
  kms_key_arn   = module.encryption.key_arn
  force_destroy = var.emulated

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

module "security_baseline" {
  source = "../modules/security-baseline"

  project       = var.project
  environment   = "global"
  region        = var.region
  account_id    = var.account_id
  kms_key_arn   = module.encryption.key_arn
  trail_bucket  = module.trail_bucket.id
  config_bucket = module.config_bucket.id

  data_event_bucket_arns = {
    trail  = module.trail_bucket.arn
    config = module.config_bucket.arn
  }
}
