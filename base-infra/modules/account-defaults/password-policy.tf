# For users with a password, which only people without another way in should be.
resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = var.minimum_password_length
  max_password_age               = var.maximum_password_age_days
  password_reuse_prevention      = 24
  require_lowercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  require_uppercase_characters   = true
  allow_users_to_change_password = true
  hard_expiry                    = false
}
