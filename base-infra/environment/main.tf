locals {
  name = "${var.project}-${var.environment}"

  tags = {
    Project     = var.project_tag
    Environment = var.environment
    ManagedBy   = "terraform"
    Owner       = var.owner
  }

  # The fleet's stack makes these topics under names that never change, so either side can be deployed first.
  alert_topic_arns = {
    for severity in ["critical", "warning", "info"] :
    severity => "arn:aws:sns:${var.region}:${var.account_id}:${var.environment}-${severity}-alerts"
  }

  log_group_prefix = "arn:aws:logs:${var.region}:${var.account_id}:log-group:"
}

module "encryption" {
  source = "../modules/encryption"

  project     = var.project
  environment = var.environment
  region      = var.region
  account_id  = var.account_id
  services    = ["logs"]
}

module "networking" {
  source = "../modules/networking"

  project                  = var.project
  environment              = var.environment
  region                   = var.region
  account_id               = var.account_id
  vpc_cidr                 = var.network.vpc_cidr
  availability_zones       = var.network.availability_zones
  public_subnet_cidrs      = var.network.public_subnet_cidrs
  private_subnet_cidrs     = var.network.private_subnet_cidrs
  data_subnet_cidrs        = var.network.data_subnet_cidrs
  nat_gateway_per_zone     = var.network.nat_gateway_per_zone
  allow_nat_egress         = var.network.allow_nat_egress
  interface_endpoint_zones = var.network.interface_endpoint_zones
  flow_log_retention_days  = var.log_retention_days
  kms_key_arn              = module.encryption.key_arn
}

module "dns" {
  source = "../modules/dns"

  project        = var.project
  environment    = var.environment
  domain_name    = var.domain_name
  hosted_zone_id = var.hosted_zone_id

  load_balancer = {
    dns_name = module.load_balancing.dns_name
    zone_id  = module.load_balancing.zone_id
  }
}

# Load balancers deliver only to buckets with SSE-S3: the one bucket without our key.
module "alb_logs" {
  source = "../modules/secure-bucket"

  name              = "${local.name}-alb-logs-${var.account_id}"
  versioning        = false
  expire_after_days = 365
  force_destroy     = !var.deletion_protection

  policy_statements = [jsonencode({
    Sid       = "LoadBalancerLogs"
    Effect    = "Allow"
    Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
    Action    = "s3:PutObject"
    Resource  = "arn:aws:s3:::${local.name}-alb-logs-${var.account_id}/AWSLogs/${var.account_id}/*"
    Condition = {
      ArnLike = {
        "aws:SourceArn" = "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/${local.name}-alb/*"
      }
    }
  })]
}

module "load_balancing" {
  source = "../modules/load-balancing"

  project             = var.project
  environment         = var.environment
  vpc_id              = module.networking.vpc_id
  subnet_ids          = module.networking.public_subnet_ids
  security_group_ids  = [module.networking.alb_security_group_id]
  certificate_arn     = module.dns.certificate_arn
  access_log_bucket   = module.alb_logs.id
  deletion_protection = var.deletion_protection
}
