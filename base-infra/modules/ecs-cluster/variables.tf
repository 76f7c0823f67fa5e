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
  description = "Share of tasks on Fargate Spot, 0 to 100; the rest runs on demand. Spot tasks may be stopped with two minutes' notice."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.spot_weight >= 0 && var.spot_weight <= 100
    error_message = "spot_weight must be 0 to 100."
  }
}

variable "repository_arns" {
  description = "ECR repositories from which tasks may pull."
  type        = set(string)
  nullable    = false
}

variable "log_group_arns" {
  description = "Log groups to which the agent may write for the tasks."
  type        = set(string)
  nullable    = false
}

variable "secret_arns" {
  description = "Secrets that the agent may read to put them into a container's environment, by name of their use."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts those secrets."
  type        = string
  nullable    = false
}
