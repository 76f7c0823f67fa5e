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
  description = "Name under which the account's own resources go, usually global: costs are watched once per account."
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

variable "budgets" {
  description = "What each environment may cost, in USD a month, by the value of its Environment tag."
  type        = map(number)
  nullable    = false

  validation {
    condition     = length(var.budgets) > 0 && alltrue([for limit in values(var.budgets) : limit > 0])
    error_message = "budgets must name at least one environment, each with more than 0 USD a month."
  }

  validation {
    condition     = !contains(keys(var.budgets), "total")
    error_message = "budgets must not name an environment total: that is the whole account's, see total_usd."
  }
}

variable "total_usd" {
  description = "What the whole account may cost, in USD a month; null means the sum of budgets. It counts what carries no tag, too."
  type        = number
  default     = null

  validation {
    condition     = var.total_usd == null || coalesce(var.total_usd, 0) >= sum(values(var.budgets))
    error_message = "total_usd must be at least the sum of budgets, or its alarm rings while every environment is within its own."
  }
}

variable "environment_tag_key" {
  description = "Tag by which costs are told apart; it must be an active cost allocation tag."
  type        = string
  default     = "Environment"
  nullable    = false
}

variable "topic_arn" {
  description = "Topic that hears of budgets at once and of unusual costs as AWS finds them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", var.topic_arn))
    error_message = "topic_arn must be the ARN of an SNS topic."
  }
}

variable "email_addresses" {
  description = "Addresses that budgets write to directly, beside the topic: ten at most, without confirmation."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.email_addresses) <= 10 && alltrue([for address in var.email_addresses : can(regex("^[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>.]+$", address))])
    error_message = "email_addresses must be at most ten plain addresses such as owner@example.com."
  }
}

variable "anomaly_threshold_usd" {
  description = "Extra cost in USD from which an anomaly is told; below it AWS only lists it in the console."
  type        = number
  nullable    = false

  validation {
    condition     = var.anomaly_threshold_usd > 0
    error_message = "anomaly_threshold_usd must be more than 0 USD."
  }
}

variable "anomaly_monitor_arn" {
  description = "Monitor over all services that the account already has (aws ce get-anomaly-monitors); null makes one."
  type        = string
  default     = null

  validation {
    condition     = var.anomaly_monitor_arn == null || can(regex("^arn:[a-z-]+:ce::[0-9]{12}:anomalymonitor/", var.anomaly_monitor_arn))
    error_message = "anomaly_monitor_arn must be the ARN of a Cost Anomaly Detection monitor, or null."
  }
}

variable "allocation_tags" {
  description = "Tag keys to activate for cost reports. Empty until AWS has seen them on billed resources, up to 24 hours after the first apply; it refuses unknown keys."
  type        = set(string)
  default     = []
  nullable    = false
}
