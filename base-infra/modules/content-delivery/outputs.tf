output "domain_name" {
  description = "CloudFront's name of the distribution, the target of the API's alias record."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "zone_id" {
  description = "Zone of that name, which an alias record needs; it is the same for every distribution."
  value       = aws_cloudfront_distribution.this.hosted_zone_id
}

output "distribution_id" {
  description = "ID of the distribution, as its metrics in us-east-1 name it."
  value       = aws_cloudfront_distribution.this.id
}
