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
  description = "Environment whose cluster this is: dev, staging or prod."
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
  description = "AWS account that may use the execution role, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "spot_weight" {
  description = "Share of tasks on Fargate Spot, 0 to 100, among those that are started without a choice of their own; the first is always on demand."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.spot_weight >= 0 && var.spot_weight <= 100
    error_message = "spot_weight must be 0 to 100."
  }

  validation {
    condition     = var.spot_weight == 0 || var.environment != "prod"
    error_message = "spot_weight must be 0 in prod: Spot tasks are stopped with two minutes' notice."
  }
}

variable "repository_arns" {
  description = "ECR repositories from which tasks may pull."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.repository_arns) > 0 && alltrue([for arn in var.repository_arns : !strcontains(arn, "*")])
    error_message = "repository_arns must name at least one repository, each by its full ARN without a wildcard."
  }
}

variable "log_group_arns" {
  description = "Log groups to which the agent may write for the tasks."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.log_group_arns) > 0 && alltrue([for arn in var.log_group_arns : !strcontains(arn, "*")])
    error_message = "log_group_arns must name at least one log group, each by its full ARN without a wildcard."
  }
}

variable "secret_arns" {
  description = "Secrets that the agent may read to put them into a container's environment, by name of their use."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secret_arns) : !strcontains(arn, "*")])
    error_message = "secret_arns must hold full ARNs without a wildcard: the agent reads listed secrets only."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts those secrets, and shell sessions with their log."
  type        = string
  nullable    = false
}

variable "enable_execute_command" {
  description = "Whether the cluster keeps a log of shell sessions in tasks; set it together with the service's variable of that name."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.enable_execute_command || var.environment != "prod"
    error_message = "enable_execute_command must be false in prod: nobody opens a shell there."
  }
}

variable "log_retention_days" {
  description = "Days that the log of shell sessions is kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 180 or 365."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds the execution role; null leaves it without a boundary."
  type        = string
  default     = null
}
