# What stands between the world and the tasks: name, certificate, firewall, load balancer and, by choice, CloudFront.
module "dns" {
  source = "../modules/dns"

  project             = var.project
  environment         = var.environment
  domain_name         = var.domain_name
  hosted_zone_id      = var.hosted_zone_id
  enable_health_check = var.enable_health_check

  alias = var.cloudfront.enabled ? {
    dns_name               = module.content_delivery[0].domain_name
    zone_id                = module.content_delivery[0].zone_id
    evaluate_target_health = false
    } : {
    dns_name               = module.load_balancing.dns_name
    zone_id                = module.load_balancing.zone_id
    evaluate_target_health = true
  }
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

module "web_acl" {
  source = "../modules/web-acl"

  project             = var.project
  environment         = var.environment
  region              = var.region
  account_id          = var.account_id
  name                = "${local.name}-waf"
  scope               = var.cloudfront.enabled ? "CLOUDFRONT" : "REGIONAL"
  alb_arn             = var.cloudfront.enabled ? null : module.load_balancing.load_balancer_arn
  rate_limit          = var.firewall.rate_limit
  blocked_countries   = var.firewall.blocked_countries
  enable_bot_control  = var.firewall.bot_control
  enable_anonymous_ip = var.firewall.anonymous_ip
  count_only          = var.firewall.count_only
  log_retention_days  = var.log_retention_days
  kms_key_arn         = module.encryption.key_arn
}

module "content_delivery" {
  source = "../modules/content-delivery"
  count  = var.cloudfront.enabled ? 1 : 0

  project            = var.project
  environment        = var.environment
  api_name           = module.dns.api_name
  origin_domain_name = module.load_balancing.dns_name
  certificate_arn    = module.dns.certificate_arn
  web_acl_arn        = module.web_acl.web_acl_arn
}
