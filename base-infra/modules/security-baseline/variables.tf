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
  description = "Always global: these services exist once per account and region."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["global"], var.environment)
    error_message = "environment must be global."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "region" {
  description = "AWS region; names of the Security Hub standards contain it."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "AWS account that is watched, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the trail, its log group and both buckets; its policy must let CloudTrail and CloudWatch Logs use it."
  type        = string
  nullable    = false
}

variable "trail_bucket" {
  description = "Bucket that receives the trail; its policy must let CloudTrail write."
  type        = string
  nullable    = false
}

variable "config_bucket" {
  description = "Bucket that receives Config's snapshots; its policy must let Config write."
  type        = string
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Policy that caps the roles of CloudTrail and Config; null leaves them uncapped."
  type        = string
  default     = null
}
