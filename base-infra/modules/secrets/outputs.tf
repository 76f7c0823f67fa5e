output "arns" {
  description = "ARNs by short name: database-credentials, redis-auth-token, jwt-secret, external-api-keys, slack-webhook."
  value       = { for use, secret in aws_secretsmanager_secret.this : use => secret.arn }
}

output "names" {
  description = "Names by the same short names, for example /dev/database/credentials."
  value       = { for use, secret in aws_secretsmanager_secret.this : use => secret.name }
}
