# RDS changes the password by itself, every 7 days unless told otherwise. It needs no function and no way in.
resource "aws_secretsmanager_secret_rotation" "master" {
  count = var.rotation_days == null ? 0 : 1

  secret_id          = aws_db_instance.this.master_user_secret[0].secret_arn
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.rotation_days
  }
}
