output "zone_id" {
  description = "ID of the zone, the environments' hosted_zone_id."
  value       = aws_route53_zone.this.zone_id
}

output "zone_arn" {
  description = "ARN of the zone."
  value       = aws_route53_zone.this.arn
}

output "name_servers" {
  description = "Names of the four servers that answer for the domain; they are entered at its registrar."
  value       = aws_route53_zone.this.name_servers
}

output "ds_record" {
  description = "DS record that the registrar must publish before resolvers check signatures; null without DNSSEC."
  value       = one(aws_route53_key_signing_key.this[*].ds_record)
}
