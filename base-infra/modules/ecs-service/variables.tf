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
  description = "Environment that runs the service: dev, staging or prod."
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

variable "region" {
  description = "AWS region; the log driver needs it."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "AWS account that may use the task role, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "service_name" {
  description = "Last part of the service's name, for example fastapi."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.service_name))
    error_message = "service_name must be 2 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "cluster_arn" {
  description = "Cluster that runs the service."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "Name of that cluster, which Application Auto Scaling uses."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Application subnets that hold the tasks."
  type        = list(string)
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the tasks."
  type        = list(string)
  nullable    = false
}

variable "target_group_arn" {
  description = "Target group with which the tasks are registered."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that the application's log is kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 180 or 365."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the log group, the secrets and the application's objects."
  type        = string
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds the task role; null leaves it without a boundary."
  type        = string
  default     = null
}
