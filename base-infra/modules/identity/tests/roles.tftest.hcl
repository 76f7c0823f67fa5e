mock_provider "aws" {}

variables {
  project                    = "cloudplatform"
  account_id                 = "000000000000"
  region                     = "us-east-1"
  domain_name                = "example.com"
  repository_arns            = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  state_bucket_arn           = "arn:aws:s3:::cloudplatform-terraform-state-000000000000"
  github_subject_prefixes    = ["repo:example-org/platform", "repo:example-org@11/platform@22"]
  developer_principal_arns   = ["arn:aws:iam::000000000000:user/developer"]
  break_glass_principal_arns = ["arn:aws:iam::000000000000:user/operator"]
  permissions_boundary_arn   = "arn:aws:iam::000000000000:policy/cloudplatform-global-boundary"
}

# The golden copy of who may be which pipeline's role.
run "a_pipeline_is_the_role_that_its_subject_says" {
  command = plan

  assert {
    condition = jsonencode({
      for name, role in aws_iam_role.github : name =>
      [for subject in jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] : trimprefix(subject, "repo:example-org/platform:") if startswith(subject, "repo:example-org/platform:")]
      }) == jsonencode({
      build-push           = ["ref:refs/heads/main"]
      deploy-dev           = ["environment:dev"]
      deploy-fleet-dev     = ["environment:dev"]
      deploy-fleet-prod    = ["environment:production"]
      deploy-fleet-staging = ["environment:staging"]
      deploy-prod          = ["environment:production"]
      deploy-staging       = ["environment:staging"]
      plan                 = ["pull_request", "ref:refs/heads/main"]
      terraform-dev        = ["environment:dev"]
      terraform-global     = ["environment:global"]
      terraform-prod       = ["environment:production"]
      terraform-staging    = ["environment:staging"]
    })
    error_message = "Another run of a workflow can become a role than is written down."
  }

  # Guards against repositories made since mid-2026, whose tokens carry ids, being locked out.
  assert {
    condition = alltrue([
      for role in aws_iam_role.github :
      length([for subject in jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] : subject if startswith(subject, "repo:example-org@11/platform@22:")]) ==
      length([for subject in jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] : subject if startswith(subject, "repo:example-org/platform:")])
    ])
    error_message = "Every subject is there in both forms."
  }

  assert {
    condition     = !strcontains(join("", [for role in aws_iam_role.github : role.assume_role_policy]), "*") && !strcontains(join("", [for role in aws_iam_role.github : role.assume_role_policy]), "StringLike")
    error_message = "A subject is compared exactly."
  }

  assert {
    condition = alltrue([
      for role in aws_iam_role.github : jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
      ]) && alltrue([
      for role in aws_iam_role.github : jsondecode(role.assume_role_policy).Statement[0].Principal.Federated == "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"
    ])
    error_message = "Tokens are GitHub's and meant for AWS."
  }

  assert {
    condition     = aws_iam_openid_connect_provider.github.url == "https://token.actions.githubusercontent.com" && aws_iam_openid_connect_provider.github.client_id_list == toset(["sts.amazonaws.com"])
    error_message = "The provider is GitHub's, for AWS."
  }

  assert {
    condition     = jsonencode(output.github_environments) == jsonencode({ dev = "dev", global = "global", prod = "production", staging = "staging" })
    error_message = "prod is called production at GitHub."
  }

  # The trust policy of a role may have 2,048 characters unless AWS is asked for more.
  assert {
    condition     = max([for role in aws_iam_role.github : length(role.assume_role_policy)]...) <= 2048
    error_message = "A trust policy is too long."
  }
}

run "every_role_but_break_glass_is_bounded" {
  command = plan

  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.github), values(aws_iam_role.developer), values(aws_iam_role.fleet_stack)) :
      role.permissions_boundary == "arn:aws:iam::000000000000:policy/cloudplatform-global-boundary"
    ])
    error_message = "A role of pipelines or people has no boundary."
  }

  assert {
    condition     = aws_iam_role.break_glass.permissions_boundary == null && aws_iam_role.break_glass.name == "cloudplatform-global-role-break-glass"
    error_message = "Break-glass repairs what boundaries hold, under the name that its alarm knows."
  }

  assert {
    condition = alltrue([
      for role in aws_iam_role.github : role.max_session_duration == (strcontains(role.name, "-role-terraform-") ? 7200 : 3600)
    ]) && aws_iam_role.break_glass.max_session_duration == 3600
    error_message = "Sessions last an hour, those that apply two."
  }
}

run "people_are_named_and_have_mfa" {
  command = plan

  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.developer), [aws_iam_role.break_glass]) : jsonencode([
        jsondecode(role.assume_role_policy).Statement[0].Principal,
        jsondecode(role.assume_role_policy).Statement[0].Condition.Bool,
        jsondecode(role.assume_role_policy).Statement[0].Condition.NumericLessThan,
        ]) == jsonencode([
        { AWS = "arn:aws:iam::000000000000:root" },
        { "aws:MultiFactorAuthPresent" = "true" },
        { "aws:MultiFactorAuthAge" = "3600" },
      ])
    ])
    error_message = "People's roles need MFA that is no older than an hour."
  }

  assert {
    condition     = jsondecode(aws_iam_role.break_glass.assume_role_policy).Statement[0].Condition.ArnEquals["aws:PrincipalArn"] == ["arn:aws:iam::000000000000:user/operator"]
    error_message = "Break-glass is for those who are named."
  }
}

# Guards against an empty list that means everybody of the account.
run "without_names_nobody_gets_in" {
  command = plan

  variables {
    developer_principal_arns   = []
    break_glass_principal_arns = []
  }

  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.developer), [aws_iam_role.break_glass]) :
      jsondecode(role.assume_role_policy).Statement[0].Condition.ArnEquals["aws:PrincipalArn"] == ["arn:aws:iam::000000000000:root"]
    ])
    error_message = "Only the root user is named then, and root cannot assume roles."
  }
}

run "outputs_name_every_role" {
  command = plan

  assert {
    condition = keys(output.role_arns) == [
      "break-glass", "build-push", "deploy-dev", "deploy-fleet-dev", "deploy-fleet-prod", "deploy-fleet-staging", "deploy-prod",
      "deploy-staging", "developer-dev", "developer-prod", "developer-staging", "fleet-stack-dev", "fleet-stack-prod",
      "fleet-stack-staging", "plan", "terraform-dev", "terraform-global", "terraform-prod", "terraform-staging",
    ]
    error_message = "The set of roles is another than documented."
  }

  assert {
    condition     = output.role_arns["deploy-prod"] == "arn:aws:iam::000000000000:role/cloudplatform-global-role-deploy-prod"
    error_message = "A role's ARN follows from its name."
  }

  assert {
    condition     = output.policy_arns["guardrail-prod"] == "arn:aws:iam::000000000000:policy/cloudplatform-global-guardrail-prod" && output.people_group_name == "cloudplatform-global-group-people"
    error_message = "Policies and groups carry the account's prefix."
  }
}
