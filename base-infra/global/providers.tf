provider "aws" {
  region = var.region

  # The emulators answer an unknown call with 500, which the provider would retry for minutes.
  max_retries = var.emulated ? 2 : 25

  # A plan made with the wrong credentials stops here, before it can touch another account.
  allowed_account_ids = var.offline ? null : [var.account_id]

  skip_credentials_validation = var.emulated || var.offline
  skip_metadata_api_check     = var.emulated || var.offline
  skip_requesting_account_id  = var.offline
  s3_use_path_style           = var.emulated

  default_tags {
    tags = local.tags
  }
}
