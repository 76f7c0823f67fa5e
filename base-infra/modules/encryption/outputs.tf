output "key_arn" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "key_id" {
  description = "ID of the key, the last part of its ARN."
  value       = aws_kms_key.this.key_id
}

output "alias_name" {
  description = "Alias of the key, alias/<project>-<environment>."
  value       = aws_kms_alias.this.name
}
