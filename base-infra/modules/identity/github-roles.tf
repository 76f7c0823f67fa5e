locals {
  # The one place where an environment of AWS meets its environment of GitHub.
  github_environments = { dev = "dev", staging = "staging", prod = "production", global = "global" }

  issuer            = "token.actions.githubusercontent.com"
  oidc_provider_arn = "arn:aws:iam::${var.account_id}:oidc-provider/${local.issuer}"

  # Which run of a workflow may be which role: the end of the token's subject, compared exactly. A job with an
  # environment has that for its subject and nothing else, and waits for the environment's approval before it has it.
  subjects = merge(
    {
      plan       = ["pull_request", "ref:refs/heads/main"]
      build-push = ["ref:refs/heads/main"]
    },
    { for environment in local.environments : "deploy-${environment}" => ["environment:${local.github_environments[environment]}"] },
    { for environment in local.environments : "deploy-fleet-${environment}" => ["environment:${local.github_environments[environment]}"] },
    { for owner in local.owners : "terraform-${owner}" => ["environment:${local.github_environments[owner]}"] },
  )

  purposes = merge(
    {
      plan       = "Reads everything that Terraform describes, to plan a pull request"
      build-push = "Pushes images that main was built into"
    },
    { for environment in local.environments : "deploy-${environment}" => "Puts an image into service in ${environment}" },
    { for environment in local.environments : "deploy-fleet-${environment}" => "Deploys the fleet's stack in ${environment}" },
    { for owner in local.owners : "terraform-${owner}" => "Applies the root of ${owner}" },
  )
}

resource "aws_iam_role" "github" {
  for_each = local.subjects

  name                 = "${local.role_prefix}${each.key}"
  description          = local.purposes[each.key]
  permissions_boundary = var.permissions_boundary_arn

  # A database takes longer than an hour to come up with its standby.
  max_session_duration = startswith(each.key, "terraform-") ? 7200 : 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.oidc_provider_arn }
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = [for pair in setproduct(var.github_subject_prefixes, each.value) : join(":", pair)]
        }
      }
    }]
  })

  tags = merge(var.tags, { Name = "${local.role_prefix}${each.key}" })

  depends_on = [aws_iam_openid_connect_provider.github]
}
