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
  description = "Environment whose key this is: dev, staging, prod, or global for what exists once per account."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod", "global"], var.environment)
    error_message = "environment must be dev, staging, prod or global."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "region" {
  description = "AWS region; the logs service principal and the log-group context contain it."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "AWS account that owns the key, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "administrator_arns" {
  description = "ARNs of the roles that administer the key (DevOps and security teams) but may not decrypt with it."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "services" {
  description = "AWS services that the key policy lets use the key by themselves: logs, cloudtrail."
  type        = set(string)
  default     = ["logs"]
  nullable    = false

  validation {
    condition     = alltrue([for s in var.services : contains(["logs", "cloudtrail"], s)])
    error_message = "services may hold logs and cloudtrail; write a statement in keys.tf before adding another."
  }
}
