output "certificate_arn" {
  description = "ARN of the environment's certificate, validated where there is a hosted zone."
  value       = var.hosted_zone_id == null ? aws_acm_certificate.this.arn : aws_acm_certificate_validation.this[0].certificate_arn
}

output "api_name" {
  description = "Public name of the API."
  value       = local.api_name
}

output "health_check_id" {
  description = "ID of the health check, as its metric HealthCheckStatus in us-east-1 names it; null without one."
  value       = one(aws_route53_health_check.api[*].id)
}
