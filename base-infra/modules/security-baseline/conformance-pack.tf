locals {
  # What the platform promises of itself and the six rules beside these do not look at: ages in days.
  conformance_rules = {
    access-keys-rotated               = { identifier = "ACCESS_KEYS_ROTATED", parameters = { maxAccessKeyAge = "90" } }
    alb-http-to-https-redirection     = { identifier = "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK", parameters = {} }
    cache-encrypted-at-rest           = { identifier = "ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST", parameters = {} }
    cache-encrypted-in-transit        = { identifier = "ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT", parameters = {} }
    cmk-backing-key-rotation          = { identifier = "CMK_BACKING_KEY_ROTATION_ENABLED", parameters = {} }
    console-access-with-mfa           = { identifier = "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS", parameters = {} }
    database-backed-up                = { identifier = "DB_INSTANCE_BACKUP_ENABLED", parameters = {} }
    database-storage-encrypted        = { identifier = "RDS_STORAGE_ENCRYPTED", parameters = {} }
    ebs-encryption-by-default         = { identifier = "EC2_EBS_ENCRYPTION_BY_DEFAULT", parameters = {} }
    ecs-containers-readonly           = { identifier = "ECS_CONTAINERS_READONLY_ACCESS", parameters = {} }
    guardduty-enabled                 = { identifier = "GUARDDUTY_ENABLED_CENTRALIZED", parameters = {} }
    log-groups-kept-long-enough       = { identifier = "CW_LOGGROUP_RETENTION_PERIOD_CHECK", parameters = { MinRetentionTime = "7" } }
    root-account-with-mfa             = { identifier = "ROOT_ACCOUNT_MFA_ENABLED", parameters = {} }
    s3-bucket-ssl-requests-only       = { identifier = "S3_BUCKET_SSL_REQUESTS_ONLY", parameters = {} }
    trail-log-file-validation         = { identifier = "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", parameters = {} }
    vpc-default-security-group-closed = { identifier = "VPC_DEFAULT_SECURITY_GROUP_CLOSED", parameters = {} }
  }
}

resource "aws_config_conformance_pack" "this" {
  count = var.enable_conformance_pack ? 1 : 0

  name = "${local.name}-conformance-pack"

  template_body = yamlencode({
    Resources = {
      for name, rule in local.conformance_rules : replace(title(replace(name, "-", " ")), " ", "") => {
        Type = "AWS::Config::ConfigRule"
        Properties = merge(
          { ConfigRuleName = name, Source = { Owner = "AWS", SourceIdentifier = rule.identifier } },
          length(rule.parameters) == 0 ? {} : { InputParameters = rule.parameters },
        )
      }
    }
  })

  # A pack can only be made while something records.
  depends_on = [aws_config_configuration_recorder_status.this]
}
