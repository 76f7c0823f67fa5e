# Every policy of this module is a table of statements, sid => {actions, resources, when}, in the file of its role; here
# the tables become policies. A statement without `resources` is about everything, and says why.
locals {
  # Written into the role itself.
  inline_tables = merge(
    { plan = local.plan_statements, build-push = local.build_statements },
    local.deploy_statements,
    local.deploy_fleet_statements,
    local.developer_statements,
  )

  # Policies of their own, because several roles have them or because they are too long for a role.
  managed_tables = merge(
    { read = local.read_statements, require-mfa = local.mfa_statements },
    local.guardrail_statements,
    local.terraform_statements,
    local.terraform_global_statements,
    local.fleet_stack_statements,
  )

  documents = {
    for name, table in merge(local.inline_tables, local.managed_tables) : name => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for sid, s in table : merge(
          { Sid = sid, Effect = try(s.effect, "Allow"), Resource = try(s.resources, "*") },
          try({ Action = s.actions }, { NotAction = s.all_but }),
          try({ Condition = s.when }, {}),
        )
      ]
    })
  }

  terraform_parts = ["network", "data", "core"]

  # Which role has which managed policy. Denials hang on every role, so that none depends on its boundary alone.
  for_all = ["guardrail-evidence", "guardrail-account", "guardrail-prod"]
  only    = { for environment in local.environments : environment => concat(local.for_all, ["guardrail-only-${environment}"]) }
  policies_of = merge(
    {
      plan             = concat(["read"], local.for_all)
      build-push       = local.for_all
      terraform-global = concat(["read", "terraform-global-services", "terraform-global-identity"], local.for_all)
      break-glass      = ["guardrail-evidence"]
    },
    { for environment in local.environments : "deploy-${environment}" => local.only[environment] },
    { for environment in local.environments : "deploy-fleet-${environment}" => local.only[environment] },
    { for environment in local.environments : "fleet-stack-${environment}" => concat(["fleet-stack-${environment}"], local.only[environment]) },
    { for environment in local.environments : "developer-${environment}" => concat(["read"], local.only[environment]) },
    {
      for environment in local.environments : "terraform-${environment}" =>
      concat(["read"], [for part in local.terraform_parts : "terraform-${environment}-${part}"], local.only[environment])
    },
  )

  attachments = merge([
    for role, policies in local.policies_of : { for policy in policies : "${role}/${policy}" => { role = role, policy = policy } }
  ]...)
}

resource "aws_iam_policy" "this" {
  for_each = local.managed_tables

  name        = "${var.project}-global-${each.key}"
  description = "Rights in the table ${each.key} of modules/identity"
  policy      = local.documents[each.key]

  tags = merge(var.tags, { Name = "${var.project}-global-${each.key}" })

  lifecycle {
    precondition {
      condition     = length(local.documents[each.key]) <= 6144
      error_message = "The policy ${each.key} is longer than the 6,144 characters that a managed policy may have."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = local.inline_tables

  name   = "own"
  role   = "${local.role_prefix}${each.key}"
  policy = local.documents[each.key]

  depends_on = [aws_iam_role.github, aws_iam_role.developer]

  lifecycle {
    precondition {
      condition     = length(local.documents[each.key]) <= 10240
      error_message = "The policy of ${each.key} is longer than the 10,240 characters that a role may hold."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.attachments

  role       = "${local.role_prefix}${each.value.role}"
  policy_arn = "${local.policy_arn}${each.value.policy}"

  depends_on = [
    aws_iam_policy.this, aws_iam_role.github, aws_iam_role.fleet_stack, aws_iam_role.developer, aws_iam_role.break_glass,
  ]
}
