resource "aws_backup_plan" "this" {
  name = "${local.name}-plan-backup"

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.this.name
    schedule          = var.schedule
    start_window      = 60
    completion_window = 240

    lifecycle {
      delete_after                              = var.retention_days
      cold_storage_after                        = var.cold_storage_after_days
      opt_in_to_archive_for_supported_resources = var.cold_storage_after_days == null ? null : true
    }

    recovery_point_tags = merge(var.tags, { Name = "${local.name}-recovery-point" })
  }

  tags = merge(var.tags, { Name = "${local.name}-plan-backup" })

  # Jobs of a plan that is there before the lock could leave points that the lock would have refused.
  depends_on = [aws_backup_vault_lock_configuration.this]
}
