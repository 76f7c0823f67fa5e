# One per account. AWS knows GitHub's certificates, so no thumbprint is pinned: a pinned one breaks when they change.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  tags = merge(var.tags, { Name = "${var.project}-global-oidc-github" })
}
