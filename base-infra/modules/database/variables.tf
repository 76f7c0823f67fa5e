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
  description = "Environment of the database: dev, staging or prod."
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
  description = "AWS account that may use the monitoring role, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "subnet_ids" {
  description = "Data subnets, one for each zone, of which the module makes a subnet group; not needed with subnet_group_name."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = var.subnet_group_name == null ? length(var.subnet_ids) >= 2 : length(var.subnet_ids) == 0
    error_message = "subnet_ids must name at least two subnets, since RDS wants two zones even for one instance; or none when subnet_group_name names an existing group, which has its own."
  }
}

variable "subnet_group_name" {
  description = "Existing subnet group to use; null makes one from subnet_ids. Must be known at plan time."
  type        = string
  default     = null
}

variable "security_group_ids" {
  description = "Security groups of the database."
  type        = list(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts storage, logs and the master secret."
  type        = string
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds the monitoring role; null leaves it unbounded."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that the PostgreSQL log is kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 180 or 365."
  }
}
