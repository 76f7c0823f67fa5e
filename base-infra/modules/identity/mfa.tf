# For users of the console: without MFA they can set it up and nothing else, with it they can become what trusts them.
locals {
  own_user   = "arn:aws:iam::${var.account_id}:user/$${aws:username}"
  own_device = "arn:aws:iam::${var.account_id}:mfa/$${aws:username}*"

  mfa_statements = {
    # Lists that the console needs before it can show the own user.
    SeeAccount = {
      actions = ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListUsers", "iam:ListVirtualMFADevices"]
    }
    SetUpMfa = {
      actions = [
        "iam:ChangePassword", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices",
        "iam:ResyncMFADevice",
      ]
      resources = [local.own_user, local.own_device]
    }
    RemoveMfaWithMfa = {
      actions   = ["iam:DeactivateMFADevice", "iam:DeleteVirtualMFADevice"]
      resources = [local.own_user, local.own_device]
      when      = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }
    BecomeWhatTrustsMe = {
      actions   = ["sts:AssumeRole"]
      resources = ["${local.role_arn}break-glass", "${local.role_arn}developer-*"]
    }
    NothingElseWithoutMfa = {
      effect = "Deny"
      all_but = [
        "iam:ChangePassword", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetAccountPasswordPolicy", "iam:GetAccountSummary",
        "iam:GetMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ListUsers", "iam:ListVirtualMFADevices", "iam:ResyncMFADevice",
        "sts:GetSessionToken",
      ]
      when = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  }
}

# Users are added by hand; this says what every one of them has.
resource "aws_iam_group" "people" {
  name = "${var.project}-global-group-people"
}

resource "aws_iam_group_policy_attachment" "require_mfa" {
  group      = aws_iam_group.people.name
  policy_arn = "${local.policy_arn}require-mfa"

  depends_on = [aws_iam_policy.this]
}
