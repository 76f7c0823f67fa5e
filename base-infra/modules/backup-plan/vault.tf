locals {
  name = "${var.project}-${var.environment}"

  # Longest time that a locked vault takes. It refuses recovery points that would never end.
  longest_days = 365
}

resource "aws_backup_vault" "this" {
  name          = "${local.name}-vault-backup"
  kms_key_arn   = var.kms_key_arn
  force_destroy = var.force_destroy

  tags = merge(var.tags, { Name = "${local.name}-vault-backup" })
}
