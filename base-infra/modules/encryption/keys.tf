locals {
  name = "${var.project}-${var.environment}"

  # The statements differ in shape, so each is encoded before they meet in one list.
  key_statements = concat(
    [jsonencode(local.account_statement), jsonencode(local.root_statement)],
    length(var.administrator_arns) > 0 ? [jsonencode(local.administrator_statement)] : [],
    length(var.user_role_patterns) > 0 ? [jsonencode(local.user_statement)] : [],
    [jsonencode(local.via_services_statement), jsonencode(local.grant_statement)],
    [for service in sort(var.services) : jsonencode(local.service_statements[service])],
  )
}

resource "aws_kms_key" "this" {
  description             = "Encrypts the data of ${local.name}"
  deletion_window_in_days = 30
  enable_key_rotation     = true
  rotation_period_in_days = 365

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.key_statements : jsondecode(statement)]
  })

  tags = merge(var.tags, { Name = "${local.name}-kms" })
}
