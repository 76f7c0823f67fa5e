variable "github_subject_prefixes" {
  description = "What the subjects of this repository's tokens start with: repo:<owner>/<name> and, for newer repositories, repo:<owner>@<id>/<name>@<id>."
  type        = list(string)
  nullable    = false
}

variable "developer_principal_arns" {
  description = "IAM principals that may assume the developer roles, with MFA; empty lets nobody in."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "break_glass_principal_arns" {
  description = "IAM principals that may assume the break-glass role, with MFA; empty leaves the role without anybody."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "key_administrator_arns" {
  description = "IAM principals of the DevOps and security teams that manage the key without being able to decrypt; empty leaves it to the account's own administrators."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "alert_email_addresses" {
  description = "Who gets alerts about the account (root, trail, costs) by e-mail; each must confirm once."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "budgets" {
  description = "USD a month for each environment; alerts come at 80 %, at 100 % and when 100 % is forecast."
  type        = map(number)
  default     = { dev = 120, staging = 200, prod = 600 }
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.budgets), ["dev", "staging", "prod"])) == 0 && length(setsubtract(var.environments, keys(var.budgets))) == 0
    error_message = "budgets must name dev, staging or prod only, and every one of environments."
  }
}

variable "anomaly_threshold_usd" {
  description = "USD by which a day's costs must exceed what was expected before an anomaly is told."
  type        = number
  default     = 20
  nullable    = false
}

variable "anomaly_monitor_arn" {
  description = "Cost anomaly monitor over all services that the account has already (aws ce get-anomaly-monitors): AWS allows one, and makes it when Cost Explorer is opened. null makes one."
  type        = string
  default     = null
}

variable "cost_allocation_tags" {
  description = "Tags by which bills are split, for example Project, Environment, Owner. AWS accepts a tag about a day after it was first used, so start with none."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "create_lock_table" {
  description = "Whether a DynamoDB lock table is made, which only Terraform before 1.10 needs."
  type        = bool
  default     = false
  nullable    = false
}

variable "image_replication_region" {
  description = "Second region to which images are copied; null copies nowhere."
  type        = string
  default     = null
}
