locals {
  # Identity policies say who in the account may read; this says that nobody outside ever may, whatever else is written.
  # Services have no account of their own: without the second condition they would be refused, too.
  own_account_only = {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RefuseOtherAccounts"
      Effect    = "Deny"
      Principal = "*"
      Action    = "secretsmanager:*"
      # In the policy of a secret, this means that secret.
      Resource = "*"
      Condition = {
        StringNotEquals = { "aws:PrincipalAccount" = var.account_id }
        Bool            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  }
}

resource "aws_secretsmanager_secret_policy" "this" {
  for_each = aws_secretsmanager_secret.this

  secret_arn          = each.value.arn
  block_public_policy = true
  policy              = jsonencode(local.own_account_only)
}
