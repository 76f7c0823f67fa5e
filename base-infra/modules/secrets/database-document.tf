locals {
  database_document = jsonencode({
    username            = var.database.username
    host                = var.database.host
    port                = var.database.port
    database            = var.database.name
    password_secret_arn = var.database.master_secret_arn
  })
}

# The one secret that Terraform can fill, because nothing in it is secret. The others are filled by
# scripts/rotate-secrets.
resource "aws_secretsmanager_secret_version" "database" {
  secret_id        = aws_secretsmanager_secret.this["database-credentials"].id
  secret_string_wo = local.database_document

  # A write-only value is not compared with what was written. A number made from it tells when to write again.
  secret_string_wo_version = parseint(substr(sha256(local.database_document), 0, 7), 16)
}
