locals {
  name = "${var.project}-${var.environment}"

  # A wildcard covers one label only: each environment needs its own.
  environment_domain = var.environment == "prod" ? var.domain_name : "${var.environment}.${var.domain_name}"
  api_name           = "api.${local.environment_domain}"
}

resource "aws_acm_certificate" "this" {
  domain_name       = "*.${local.environment_domain}"
  validation_method = "DNS"

  tags = merge(var.tags, { Name = "${local.name}-certificate" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "this" {
  count = var.hosted_zone_id == null ? 0 : 1

  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}
