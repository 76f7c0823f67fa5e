output "volume_key_arn" {
  description = "Key that encrypts new EBS volumes."
  value       = aws_ebs_default_kms_key.this.key_arn
}
