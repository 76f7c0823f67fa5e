resource "aws_iam_role" "backup" {
  name        = "${local.name}-role-backup"
  description = "Lets AWS Backup make recovery points and restore them"

  permissions_boundary = var.permissions_boundary_arn

  # AWS does not promise that Backup says for which account it comes. When it does, it must be ours.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
      Condition = { StringEqualsIfExists = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  tags = merge(var.tags, { Name = "${local.name}-role-backup" })
}

resource "aws_iam_role_policy_attachment" "backup" {
  for_each = toset(["Backup", "Restores"])

  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${each.key}"
}
