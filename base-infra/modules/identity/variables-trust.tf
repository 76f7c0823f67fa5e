variable "github_subject_prefixes" {
  description = "What the subjects of the repository's tokens start with: repo:<owner>/<name> and, for repositories made since mid-2026, repo:<owner>@<id>/<name>@<id>."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.github_subject_prefixes) > 0
    error_message = "github_subject_prefixes must hold at least one prefix, or no pipeline can become a role."
  }

  # A wildcard would let in other repositories, branches or pull requests.
  validation {
    condition     = alltrue([for prefix in var.github_subject_prefixes : can(regex("^repo:[A-Za-z0-9_.-]+(@[0-9]+)?/[A-Za-z0-9_.-]+(@[0-9]+)?$", prefix))])
    error_message = "each of github_subject_prefixes must be repo:owner/name or repo:owner@id/name@id, without wildcards and without what follows."
  }
}

variable "developer_principal_arns" {
  description = "Users and roles of this account that may become a developer role, with MFA; empty lets nobody in."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.developer_principal_arns : can(regex("^arn:aws:iam::${var.account_id}:(user|role)/[^*?]+$", arn))])
    error_message = "each of developer_principal_arns must be the ARN of one user or role of this account, without wildcards."
  }
}

variable "break_glass_principal_arns" {
  description = "Users and roles of this account that may become break-glass, with MFA; empty lets nobody in."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.break_glass_principal_arns : can(regex("^arn:aws:iam::${var.account_id}:(user|role)/[^*?]+$", arn))])
    error_message = "each of break_glass_principal_arns must be the ARN of one user or role of this account, without wildcards."
  }
}
