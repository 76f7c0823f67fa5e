# The certificate has one name, and so one record that proves it is ours.
resource "aws_route53_record" "validation" {
  count = var.hosted_zone_id == null ? 0 : 1

  zone_id         = var.hosted_zone_id
  name            = one(aws_acm_certificate.this.domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.this.domain_validation_options).resource_record_type
  records         = [one(aws_acm_certificate.this.domain_validation_options).resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

# One record without failover: an environment has one entry point, so there is nothing to fail over to.
resource "aws_route53_record" "api" {
  count = var.hosted_zone_id == null ? 0 : 1

  zone_id = var.hosted_zone_id
  name    = local.api_name
  type    = "A"

  alias {
    name                   = var.alias.dns_name
    zone_id                = var.alias.zone_id
    evaluate_target_health = var.alias.evaluate_target_health
  }
}
