locals {
  config_rules = {
    s3-bucket-public-read-prohibited = "S3_BUCKET_PUBLIC_READ_PROHIBITED"
    rds-instance-public-access-check = "RDS_INSTANCE_PUBLIC_ACCESS_CHECK"
    encrypted-volumes                = "ENCRYPTED_VOLUMES"
    iam-root-access-key-check        = "IAM_ROOT_ACCESS_KEY_CHECK"
    vpc-flow-logs-enabled            = "VPC_FLOW_LOGS_ENABLED"
    cloudtrail-enabled               = "CLOUD_TRAIL_ENABLED"
  }
}

resource "aws_config_config_rule" "this" {
  for_each = local.config_rules

  # The bare name, because the remediation rules match on it.
  name = each.key

  source {
    owner             = "AWS"
    source_identifier = each.value
  }

  tags = merge(var.tags, { Name = each.key })

  depends_on = [aws_config_configuration_recorder.this]
}
