locals {
  name       = "${var.project}-${var.environment}"
  policy_arn = "arn:aws:iam::${var.account_id}:policy/${local.name}-boundary"

  environments       = ["dev", "staging", "prod"]
  other_environments = [for environment in local.environments : environment if environment != var.environment]

  # Both tables say in `of` which boundaries hold a statement; a denial that names no resources holds for all.
  statements = concat(
    [
      for sid, s in local.allowed :
      jsonencode({ Sid = sid, Effect = "Allow", Action = s.actions, Resource = s.resources }) if contains(s.of, var.environment)
    ],
    [
      for sid, s in local.denied :
      jsonencode(merge(
        { Sid = sid, Effect = "Deny", Resource = try(s.resources, "*") },
        try({ Action = s.actions }, { NotAction = s.all_but }),
        try({ Condition = s.when }, {}),
      )) if contains(s.of, var.environment)
    ],
  )
}

resource "aws_iam_policy" "this" {
  name        = "${local.name}-boundary"
  description = "The most that any role of ${local.name} can do, whatever its own policies say"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.statements : jsondecode(statement)]
  })

  tags = merge(var.tags, { Name = "${local.name}-boundary" })

  lifecycle {
    precondition {
      condition     = length(join(",", local.statements)) < 6000
      error_message = "The boundary is longer than the 6,144 characters that a managed policy may have."
    }
  }
}
