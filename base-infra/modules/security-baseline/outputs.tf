output "guardduty_detector_id" {
  description = "ID of the GuardDuty detector."
  value       = aws_guardduty_detector.this.id
}

output "trail_arn" {
  description = "ARN of the trail."
  value       = aws_cloudtrail.this.arn
}

output "trail_log_group_name" {
  description = "Log group that receives the trail."
  value       = aws_cloudwatch_log_group.trail.name
}

output "access_analyzer_arn" {
  description = "ARN of the account's Access Analyzer."
  value       = aws_accessanalyzer_analyzer.this.arn
}

output "trail_log_group_arn" {
  description = "ARN of the log group that receives the trail."
  value       = aws_cloudwatch_log_group.trail.arn
}

output "conformance_pack_arn" {
  description = "ARN of the conformance pack; null without it."
  value       = one(aws_config_conformance_pack.this[*].arn)
}
