locals {
  name = "${var.project}-${var.environment}"

  tags = {
    Project     = var.project_tag
    Environment = var.environment
    ManagedBy   = "terraform"
    Owner       = var.owner
  }

  # The global root makes it: a pipeline that could write its own ceiling would have none.
  permissions_boundary_arn = "arn:aws:iam::${var.account_id}:policy/${local.name}-boundary"

  # The fleet's stack makes these topics under names that never change, so either side can be deployed first.
  alert_topic_arns = {
    for severity in ["critical", "warning", "info"] :
    severity => "arn:aws:sns:${var.region}:${var.account_id}:${var.environment}-${severity}-alerts"
  }
}

module "encryption" {
  source = "../modules/encryption"

  project            = var.project
  environment        = var.environment
  region             = var.region
  account_id         = var.account_id
  administrator_arns = var.key_administrator_arns
  services           = ["logs", "log-exports"]

  # Shell sessions are encrypted by whoever opens them.
  user_role_patterns = concat(
    [
      "arn:aws:iam::${var.account_id}:role/${local.name}-role-ecs-*",
      "arn:aws:iam::${var.account_id}:role/${local.name}-role-backup",
      "arn:aws:iam::${var.account_id}:role/opsplane-${var.environment}-*",
    ],
    var.service.enable_execute_command ? ["arn:aws:iam::${var.account_id}:role/${var.project}-global-role-developer-${var.environment}"] : [],
  )
}

module "networking" {
  source = "../modules/networking"

  project                   = var.project
  environment               = var.environment
  region                    = var.region
  account_id                = var.account_id
  vpc_cidr                  = var.network.vpc_cidr
  availability_zones        = var.network.availability_zones
  public_subnet_cidrs       = var.network.public_subnet_cidrs
  private_subnet_cidrs      = var.network.private_subnet_cidrs
  data_subnet_cidrs         = var.network.data_subnet_cidrs
  nat_gateway_per_zone      = var.network.nat_gateway_per_zone
  allow_nat_egress          = var.network.allow_nat_egress
  interface_endpoint_zones  = var.network.interface_endpoint_zones
  enable_execute_command    = var.service.enable_execute_command
  cloudfront_prefix_list_id = var.cloudfront.enabled ? var.cloudfront.prefix_list_id : null
  flow_log_retention_days   = var.log_retention_days
  kms_key_arn               = module.encryption.key_arn
  permissions_boundary_arn  = local.permissions_boundary_arn
}
