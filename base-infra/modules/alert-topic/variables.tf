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
  description = "Environment whose alerts these are: dev, staging, prod, or global for what exists once per account."
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

variable "name" {
  description = "Last part of the topic's name, for example alerts."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,39}$", var.name))
    error_message = "name must be 2 to 40 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "account_id" {
  description = "AWS account that owns the topic, 12 digits; services may publish on behalf of no other."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts messages at rest. Its policy must let the publishing services use it (modules/encryption, service alerts)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key: services cannot publish to a topic under the key alias/aws/sns."
  }
}

variable "email_addresses" {
  description = "Addresses that get every alert by e-mail; each owner must confirm once. Empty: nobody gets e-mail."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.email_addresses : can(regex("^[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>.]+$", address))])
    error_message = "email_addresses must be plain addresses such as oncall@example.com, one for each element, without names or brackets."
  }
}
