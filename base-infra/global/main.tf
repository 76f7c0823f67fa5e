locals {
  name = "${var.project}-global"

  tags = {
    Project     = var.project_tag
    Environment = "global"
    ManagedBy   = "terraform"
    Owner       = var.owner
  }
}

# Every environment's ceiling is made here, out of reach of the pipelines that work below it.
module "permissions_boundary" {
  source   = "../modules/permissions-boundary"
  for_each = setunion(var.environments, ["global"])

  project     = var.project
  environment = each.key
  account_id  = var.account_id
}

module "encryption" {
  source = "../modules/encryption"

  project            = var.project
  environment        = "global"
  region             = var.region
  account_id         = var.account_id
  administrator_arns = var.key_administrator_arns
  services           = ["logs", "cloudtrail", "config", "alerts"]
}

# For what concerns the account and no environment: root, the trail, costs. Environments have topics of their own.
module "alert_topic" {
  source = "../modules/alert-topic"

  project         = var.project
  environment     = "global"
  name            = "alerts"
  account_id      = var.account_id
  kms_key_arn     = module.encryption.key_arn
  email_addresses = var.alert_email_addresses
}
