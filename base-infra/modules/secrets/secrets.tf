locals {
  name = "${var.project}-${var.environment}"

  # One row for each secret: what it holds, the keys of its JSON text, and how it is changed.
  secrets = {
    database-credentials = {
      path        = "database/credentials"
      description = "Where the database is and as whom to log in. The password is in the secret that password_secret_arn names"
      keys        = ["username", "host", "port", "database", "password_secret_arn"]
      rotation    = "none: password_secret_arn rotates"
    }
    redis-auth-token = {
      path        = "redis/auth-token"
      description = "AUTH token of the cache"
      keys        = ["token"]
      rotation    = "by hand: ROTATE then SET"
    }
    jwt-secret = {
      path        = "app/jwt-secret"
      description = "Key that signs the application's tokens, and the one before it, which is still accepted"
      keys        = ["current", "previous"]
      rotation    = "yearly or on compromise"
    }
    external-api-keys = {
      path        = "app/external-api-keys"
      description = "Keys of services that the application calls, each under the name of its service"
      keys        = ["one for each service"]
      rotation    = "on compromise or departure"
    }
    slack-webhook = {
      path        = "monitoring/slack-webhook"
      description = "Incoming webhook of the alert channel"
      keys        = ["url"]
      rotation    = "on compromise"
    }
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each = local.secrets

  name                    = "/${var.environment}/${each.value.path}"
  description             = "${each.value.description}. JSON keys: ${join(", ", each.value.keys)}."
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.recovery_window_days

  # A tag's alphabet has no comma.
  tags = merge(var.tags, {
    Name                 = "${local.name}-secret-${each.key}"
    "opsplane:json-keys" = join(" ", each.value.keys)
    "opsplane:rotation"  = each.value.rotation
  })
}
