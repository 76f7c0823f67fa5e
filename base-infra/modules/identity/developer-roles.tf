locals {
  # What people may do in an environment, beside reading its settings. A shell in a task shows the task's secrets, so the
  # two go together, and both only where data is made up.
  developer_rights = {
    dev     = ["QueryLogs", "RestartService", "OpenShell", "EncryptShell", "ReadSecrets", "DecryptSecrets"]
    staging = ["QueryLogs", "RestartService"]
    prod    = ["QueryLogs"]
  }

  developer_statements = {
    for environment, rights in local.developer_rights : "developer-${environment}" => merge(
      { for sid, s in local.developer_table[environment] : sid => s if contains(rights, sid) },
      # Results of a query are asked for by the query's id.
      { StopQueries = { actions = ["logs:StopQuery"] } },
    )
  }

  developer_table = {
    for environment in local.environments : environment => {
      QueryLogs = {
        actions   = ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults", "logs:StartLiveTail", "logs:StartQuery"]
        resources = local.own[environment].logs
      }
      RestartService = {
        actions   = ["ecs:StopTask", "ecs:UpdateService"]
        resources = [local.own[environment].service, local.own[environment].tasks]
      }
      OpenShell = {
        actions   = ["ecs:ExecuteCommand"]
        resources = [local.own[environment].cluster, local.own[environment].tasks]
      }
      # What is typed and shown is encrypted with the environment's key, by the caller: its policy must name the role, too.
      EncryptShell = {
        actions   = ["kms:GenerateDataKey"]
        resources = local.any_key
        when      = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${local.own[environment].name}" } }
      }
      ReadSecrets = {
        actions   = ["secretsmanager:GetSecretValue"]
        resources = [local.own[environment].app_secrets, local.own[environment].database_pointer]
      }
      DecryptSecrets = {
        actions   = ["kms:Decrypt"]
        resources = local.any_key
        when = {
          StringEquals = { "aws:ResourceTag/Environment" = environment, "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" }
        }
      }
    }
  }

  # With an empty list a role is there and refuses everybody: only the root user is named then, and root cannot assume
  # roles.
  people = {
    for kind, arns in { developer = var.developer_principal_arns, break-glass = var.break_glass_principal_arns } :
    kind => length(arns) == 0 ? [local.account_root] : sort(arns)
  }

  # The account's users and roles, of which the condition takes those that are named; a name in the place of the
  # principal would have to exist before the role. MFA, no older than an hour.
  people_trust = {
    for kind, arns in local.people : kind => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = local.account_root }
        Condition = {
          ArnEquals       = { "aws:PrincipalArn" = arns }
          Bool            = { "aws:MultiFactorAuthPresent" = "true" }
          NumericLessThan = { "aws:MultiFactorAuthAge" = "3600" }
        }
      }]
    })
  }
}

resource "aws_iam_role" "developer" {
  for_each = toset(local.environments)

  name                 = "${local.role_prefix}developer-${each.key}"
  description          = each.key == "prod" ? "Looks at prod" : "Looks at ${each.key} and restarts what hangs"
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 14400
  assume_role_policy   = local.people_trust["developer"]

  tags = merge(var.tags, { Name = "${local.role_prefix}developer-${each.key}" })
}
