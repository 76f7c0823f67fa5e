output "vault_arn" {
  description = "ARN of the vault."
  value       = aws_backup_vault.this.arn
}

output "vault_name" {
  description = "Name of the vault, as restores ask for it."
  value       = aws_backup_vault.this.name
}

output "plan_id" {
  description = "ID of the plan."
  value       = aws_backup_plan.this.id
}

output "role_arn" {
  description = "ARN of the role that AWS Backup takes; restores by hand name it."
  value       = aws_iam_role.backup.arn
}
