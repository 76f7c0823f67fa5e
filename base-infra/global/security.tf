module "security_baseline" {
  source = "../modules/security-baseline"

  project                  = var.project
  environment              = "global"
  region                   = var.region
  account_id               = var.account_id
  kms_key_arn              = module.encryption.key_arn
  trail_bucket             = module.trail_bucket.id
  config_bucket            = module.config_bucket.id
  permissions_boundary_arn = module.permissions_boundary["global"].policy_arn
  cis_version              = var.detection.cis_version
  guardduty_features       = var.detection.guardduty_features
  scan_functions           = var.detection.scan_functions
  unused_access_days       = var.detection.unused_access_days

  data_event_bucket_arns = merge(
    {
      state  = module.state_bucket.arn
      trail  = module.trail_bucket.arn
      config = module.config_bucket.arn
    },
    { for environment in var.environments : "${environment}-backups" => "arn:aws:s3:::${var.project}-${environment}-backups-${var.account_id}" },
  )
}

module "account_alarms" {
  source = "../modules/account-alarms"

  project        = var.project
  environment    = "global"
  log_group_name = module.security_baseline.trail_log_group_name
  topic_arn      = module.alert_topic.topic_arn

  # What pipelines do every day is no news; what anybody else does to rights, trails and networks is.
  pipeline_roles = [for kind in ["terraform", "deploy", "fleet-stack"] : "${local.name}-role-${kind}-*"]
}

module "account_defaults" {
  source = "../modules/account-defaults"

  account_id  = var.account_id
  kms_key_arn = module.encryption.key_arn

  # The emulator serves the account's settings under a host name that cannot be resolved here.
  block_public_buckets = !var.emulated
}

module "identity" {
  source = "../modules/identity"

  project                    = var.project
  region                     = var.region
  account_id                 = var.account_id
  domain_name                = var.domain_name
  github_subject_prefixes    = var.github_subject_prefixes
  break_glass_principal_arns = var.break_glass_principal_arns
  developer_principal_arns   = var.developer_principal_arns
  repository_arns            = ["arn:aws:ecr:${var.region}:${var.account_id}:repository/${var.project}-service"]
  state_bucket_arn           = module.state_bucket.arn
  lock_table_arn             = one(module.lock_table[*].arn)
  permissions_boundary_arn   = module.permissions_boundary["global"].policy_arn
}
