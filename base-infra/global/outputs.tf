output "state_bucket" {
  description = "Bucket that holds the state of every root."
  value       = module.state_bucket.id
}

output "hosted_zone_id" {
  description = "Route 53 zone of the domain: TF_VAR_hosted_zone_id of the environments."
  value       = module.hosted_zone.zone_id
}

output "name_servers" {
  description = "Name servers that the domain's registrar must be given."
  value       = module.hosted_zone.name_servers
}

output "ds_record" {
  description = "DS record that the registrar must be given once the zone is signed; null while it is not."
  value       = module.hosted_zone.ds_record
}

output "repository_urls" {
  description = "Registry address of each image repository."
  value       = module.container_registry.repository_urls
}

output "role_arns" {
  description = "Roles of pipelines and people, by purpose."
  value       = module.identity.role_arns
}

output "alert_topic_arn" {
  description = "Topic for alerts about the account itself."
  value       = module.alert_topic.topic_arn
}

output "guardduty_detector_id" {
  description = "ID of the GuardDuty detector."
  value       = module.security_baseline.guardduty_detector_id
}

output "trail_arn" {
  description = "ARN of the account's trail."
  value       = module.security_baseline.trail_arn
}

output "access_analyzer_arn" {
  description = "ARN of the account's Access Analyzer."
  value       = module.security_baseline.access_analyzer_arn
}
