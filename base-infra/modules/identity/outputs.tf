output "role_arns" {
  description = "ARN of each role, by its purpose: plan, build-push, deploy-dev, terraform-prod, developer-dev, break-glass and so on."
  value       = { for role in keys(local.policies_of) : role => "${local.role_arn}${role}" }

  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.this]
}

output "policy_arns" {
  description = "ARN of each managed policy, by its table: read, guardrail-prod, require-mfa and so on."
  value       = { for name in keys(local.managed_tables) : name => "${local.policy_arn}${name}" }

  depends_on = [aws_iam_policy.this]
}

output "github_environments" {
  description = "Name of the environment at GitHub, by that of the environment on AWS."
  value       = local.github_environments
}

output "people_group_name" {
  description = "Group to which users of the console belong: without MFA its members can only set it up."
  value       = aws_iam_group.people.name
}

output "oidc_provider_arn" {
  description = "ARN of the provider through which GitHub's tokens are trusted."
  value       = local.oidc_provider_arn

  depends_on = [aws_iam_openid_connect_provider.github]
}
