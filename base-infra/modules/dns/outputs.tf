output "certificate_arn" {
  description = "ARN of the environment's certificate, validated where there is a hosted zone."
  value       = var.hosted_zone_id == null ? aws_acm_certificate.this.arn : aws_acm_certificate_validation.this[0].certificate_arn
}

output "api_name" {
  description = "Public name of the API."
  value       = "api.${local.environment_domain}"
}
