variable "project" {
  description = "First part of every resource name, for example cloudplatform."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,19}$", var.project))
    error_message = "project must be 2 to 20 lower-case letters or digits and start with a letter."
  }
}

variable "environment" {
  description = "Environment of the secrets, and the first part of their names: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "account_id" {
  description = "AWS account outside of which nobody may touch the secrets, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the secrets."
  type        = string
  nullable    = false
}

variable "recovery_window_days" {
  description = "Days for which a deleted secret can be brought back, 7 to 30, its name being taken; 0 deletes at once."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.recovery_window_days == 0 || (var.recovery_window_days >= 7 && var.recovery_window_days <= 30)
    error_message = "recovery_window_days must be 7 to 30, or 0 to delete at once."
  }

  validation {
    condition     = var.environment != "prod" || var.recovery_window_days > 0
    error_message = "recovery_window_days must be 7 to 30 in prod: a secret deleted by mistake must come back."
  }
}

variable "database" {
  description = "What the database's secret says: host name, port, database, user, and the ARN of the secret with the password."
  type = object({
    host              = string
    port              = number
    name              = string
    username          = string
    master_secret_arn = string
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:secretsmanager:", var.database.master_secret_arn))
    error_message = "database.master_secret_arn must be the ARN of a secret, never a password."
  }
}
