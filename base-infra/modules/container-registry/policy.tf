# Who of the account may push and pull is said by roles. This says that nobody else may, whatever is granted elsewhere.
resource "aws_ecr_repository_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnAccountOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "ecr:*"
      Condition = {
        StringNotEquals = { "aws:PrincipalAccount" = var.account_id }
        # AWS itself scans and copies.
        BoolIfExists = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}
