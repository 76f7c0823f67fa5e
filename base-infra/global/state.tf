locals {
  # Known before the bucket is: backends and pipelines name it too.
  state_bucket = "${var.project}-terraform-state-${var.account_id}"
}

# State of every root, each under its own key. Made first, by scripts/init-backend.
module "state_bucket" {
  source = "../modules/secure-bucket"

  name               = local.state_bucket
  kms_key_arn        = module.encryption.key_arn
  glacier_after_days = null
  access_log_bucket  = module.access_logs.id
  force_destroy      = var.emulated
}

# Terraform before 1.10 cannot lock in S3. Nothing here uses the table.
module "lock_table" {
  source = "../modules/lock-table"
  count  = var.create_lock_table ? 1 : 0

  name                = "${local.name}-terraform-lock"
  kms_key_arn         = module.encryption.key_arn
  deletion_protection = !var.emulated
}
