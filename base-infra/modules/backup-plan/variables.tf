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
  description = "Environment whose data is backed up: dev, staging or prod."
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
  description = "AWS account that may use the role, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the vault. Recovery points of RDS keep the key of their database."
  type        = string
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds the role; null leaves it unbounded."
  type        = string
  default     = null
}

variable "resource_arns" {
  description = "ARNs of what is backed up: databases, tables, buckets, volumes."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.resource_arns) > 0
    error_message = "resource_arns must name at least one resource: a plan without a selection backs up nothing."
  }
}

variable "schedule" {
  description = "When a backup starts, as a cron expression of AWS Backup in UTC. RDS allows none in the hour before its backup or maintenance window."
  type        = string
  default     = "cron(0 9 * * ? *)"
  nullable    = false

  validation {
    condition     = can(regex("^cron\\(.+\\)$", var.schedule))
    error_message = "schedule must be a cron expression, for example cron(0 9 * * ? *)."
  }
}

variable "retention_days" {
  description = "Days that a recovery point is kept, at most 365."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= local.longest_days
    error_message = "retention_days must be 1 to ${local.longest_days}."
  }
}

variable "cold_storage_after_days" {
  description = "Days after which recovery points move to cold storage, where they stay 90 days at least; null never. RDS has none and ignores it."
  type        = number
  default     = null

  validation {
    condition     = var.cold_storage_after_days == null || try(var.cold_storage_after_days >= 1 && var.cold_storage_after_days + 90 <= var.retention_days, false)
    error_message = "cold_storage_after_days must be at least 1, and retention_days at least 90 more: AWS bills 90 days of cold storage in any case."
  }
}

variable "vault_lock_days" {
  description = "Days for which nobody but who may take the lock off can delete a recovery point (governance mode); null leaves the vault unlocked."
  type        = number
  default     = null

  validation {
    condition     = var.vault_lock_days == null || try(var.vault_lock_days >= 1 && var.vault_lock_days <= var.retention_days, false)
    error_message = "vault_lock_days must be 1 to retention_days: a locked vault refuses recovery points that end earlier."
  }
}

variable "force_destroy" {
  description = "Whether terraform destroy may delete a vault that still holds recovery points; true only where data is disposable."
  type        = bool
  default     = false
  nullable    = false
}
