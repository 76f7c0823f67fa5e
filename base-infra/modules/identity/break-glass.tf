# For the day on which the pipelines cannot help. No boundary: it is what repairs boundaries. Its use raises an alarm, and
# the trail that records it is the one thing that it may not stop.
resource "aws_iam_role" "break_glass" {
  name                 = "${local.role_prefix}break-glass"
  description          = "Administers the account in an emergency; its use raises an alarm"
  max_session_duration = 3600
  assume_role_policy   = local.people_trust["break-glass"]

  tags = merge(var.tags, { Name = "${local.role_prefix}break-glass" })
}

resource "aws_iam_role_policy_attachment" "administrator" {
  # checkov:skip=CKV_AWS_274:breaking the glass means to administer: with MFA, for an hour, and with an alarm
  role       = aws_iam_role.break_glass.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"

  # Never an administrator without the denials.
  depends_on = [aws_iam_role_policy_attachment.this]
}
