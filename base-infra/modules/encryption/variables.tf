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
  description = "AWS region of the key; the key policy names services and resources of this region only."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region such as us-east-1, not a zone."
  }
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
  description = "ARNs of the roles that administer the key (DevOps and security teams) but may not decrypt with it; * stands for the part that single sign-on makes up."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.administrator_arns : can(regex("^arn:aws:iam::${var.account_id}:(role|user)/[A-Za-z0-9]", arn))])
    error_message = "administrator_arns must be roles or users of account ${var.account_id}, with at least the beginning of a name."
  }
}

variable "user_role_patterns" {
  description = "ARNs, with * where a name is made up, of the roles that encrypt and decrypt with the key themselves: tasks and Lambda functions. Everyone else reaches data only through the service that keeps it."
  type        = set(string)
  default     = []
  nullable    = false

  # "role/*" would be everyone.
  validation {
    condition     = alltrue([for arn in var.user_role_patterns : can(regex("^arn:aws:iam::${var.account_id}:role/[A-Za-z0-9]", arn))])
    error_message = "user_role_patterns must be roles of account ${var.account_id}, with at least the beginning of a name."
  }
}

variable "services" {
  description = "AWS services that use the key in their own name: logs (CloudWatch Logs), log-exports (its exports to our buckets), cloudtrail, config, alerts (alarms, events, budgets and cost anomalies that publish to encrypted topics)."
  type        = set(string)
  default     = ["logs"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.services, keys(local.service_statements))) == 0
    error_message = "services may hold ${join(", ", keys(local.service_statements))}; write a statement in service-principals.tf before adding another."
  }
}
