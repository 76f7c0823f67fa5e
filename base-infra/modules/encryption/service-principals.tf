# Services that use the key in their own name. The condition of each holds it to what is ours.
locals {
  service_statements = {
    alerts = {
      Sid       = "PublishersToOwnTopics"
      Effect    = "Allow"
      Principal = { Service = [for service in ["budgets", "cloudwatch", "costalerts", "events"] : "${service}.amazonaws.com"] }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = "*"
      # Not every publisher says for which account it comes; SNS always says for which topic.
      Condition = { ArnLike = { "kms:EncryptionContext:aws:sns:topicArn" = "arn:aws:sns:${var.region}:${var.account_id}:*" } }
    }
    cloudtrail = {
      Sid       = "CloudTrailForOwnTrails"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      # It decrypts nothing that we see: a bucket with a bucket key asks for it.
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
      Resource  = "*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudtrail:${var.region}:${var.account_id}:trail/*" } }
    }
    config = {
      Sid       = "ConfigForOwnDeliveries"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }
    # An export is written to a bucket, so that S3's context stands where that of a log group would.
    log-exports = {
      Sid       = "CloudWatchLogsExportsToOwnBuckets"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = "*"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }
    logs = {
      Sid       = "CloudWatchLogsForOwnLogGroups"
      Effect    = "Allow"
      Principal = { Service = "logs.${var.region}.amazonaws.com" }
      Action    = local.use
      Resource  = "*"
      Condition = {
        ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:*" }
      }
    }
  }
}