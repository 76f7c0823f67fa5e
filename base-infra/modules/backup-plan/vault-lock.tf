# Governance mode: who may call backup:DeleteBackupVaultLockConfiguration can still take the lock off. Compliance mode
# (changeable_for_days) could never be taken off again by anybody, AWS included, and is not for a variable to switch on.
resource "aws_backup_vault_lock_configuration" "this" {
  count = var.vault_lock_days == null ? 0 : 1

  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = var.vault_lock_days
  max_retention_days = local.longest_days
}
