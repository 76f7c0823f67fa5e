resource "aws_backup_selection" "this" {
  name         = "${local.name}-selection-backup"
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = var.resource_arns

  # AWS Backup tries the role when it gets the selection.
  depends_on = [aws_iam_role_policy_attachment.backup]
}
