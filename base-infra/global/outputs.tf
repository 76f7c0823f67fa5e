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
