# Names of things that other roots make, put together here so that a policy is known before they are.
locals {
  environments = ["dev", "staging", "prod"]
  owners       = concat(local.environments, ["global"])
  account_root = "arn:aws:iam::${var.account_id}:root"

  role_prefix = "${var.project}-global-role-"
  role_arn    = "arn:aws:iam::${var.account_id}:role/${local.role_prefix}"
  policy_arn  = "arn:aws:iam::${var.account_id}:policy/${var.project}-global-"

  boundary_arns = { for owner in local.owners : owner => "arn:aws:iam::${var.account_id}:policy/${var.project}-${owner}-boundary" }

  # The key of the account, by its alias: an id is not known before the key is.
  account_key = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${var.project}-global" } }
  any_key     = ["arn:aws:kms:${var.region}:${var.account_id}:key/*"]

  # What belongs to an environment.
  own = {
    for environment in local.environments : environment => {
      name      = "${var.project}-${environment}"
      fleet     = "opsplane-${environment}"
      cluster   = "arn:aws:ecs:${var.region}:${var.account_id}:cluster/${var.project}-${environment}-ecs-cluster"
      service   = "arn:aws:ecs:${var.region}:${var.account_id}:service/${var.project}-${environment}-ecs-cluster/${var.project}-${environment}-service-fastapi"
      tasks     = "arn:aws:ecs:${var.region}:${var.account_id}:task/${var.project}-${environment}-ecs-cluster/*"
      revisions = "arn:aws:ecs:${var.region}:${var.account_id}:task-definition/${var.project}-${environment}-task-fastapi:*"
      task_roles = [
        for kind in ["execution", "task"] : "arn:aws:iam::${var.account_id}:role/${var.project}-${environment}-role-ecs-${kind}"
      ]
      roles = "arn:aws:iam::${var.account_id}:role/${var.project}-${environment}-*"
      logs = [
        for name in ["*/${environment}/*", "*${var.project}-${environment}*", "/aws/lambda/opsplane-${environment}-*"] :
        "arn:aws:logs:${var.region}:${var.account_id}:log-group:${name}"
      ]
      # Holds host, port and user, and the name of the secret that RDS keeps; no password.
      database_pointer = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:/${environment}/database/credentials-*"
      app_secrets      = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:/${environment}/app/*"
    }
  }

  state_object = { for owner in local.owners : owner => "${var.state_bucket_arn}/${owner}/terraform.tfstate" }
}
