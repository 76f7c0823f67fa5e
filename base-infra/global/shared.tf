# What the environments share: images, the zone, the money.
module "container_registry" {
  source = "../modules/container-registry"

  project            = var.project
  account_id         = var.account_id
  repository_names   = ["${var.project}-service"]
  replication_region = var.image_replication_region
  kms_key_arn        = module.encryption.key_arn
  force_delete       = var.emulated

  # The registry's scanning rules are its own; Inspector, switched on later, might write over them.
  depends_on = [module.security_baseline]
}

module "hosted_zone" {
  source = "../modules/hosted-zone"

  project       = var.project
  environment   = "global"
  region        = var.region
  account_id    = var.account_id
  domain_name   = coalesce(var.zone_name, var.domain_name)
  enable_dnssec = var.enable_dnssec
}

module "cost_guard" {
  source = "../modules/cost-guard"

  project               = var.project
  environment           = "global"
  budgets               = { for environment, limit in var.budgets : environment => limit if contains(var.environments, environment) }
  anomaly_threshold_usd = var.anomaly_threshold_usd
  anomaly_monitor_arn   = var.anomaly_monitor_arn
  allocation_tags       = var.cost_allocation_tags
  topic_arn             = module.alert_topic.topic_arn
  email_addresses       = var.alert_email_addresses
}
