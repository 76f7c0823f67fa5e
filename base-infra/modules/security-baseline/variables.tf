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

variable "trail_retention_days" {
  description = "Days that the trail is kept in CloudWatch Logs, at least a year."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = contains([365, 400, 545, 731], var.trail_retention_days)
    error_message = "trail_retention_days must be 365, 400, 545 or 731."
  }
}

variable "data_event_bucket_arns" {
  description = "Buckets whose object reads and writes are recorded, by name of their use."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "config_bucket" {
  description = "Bucket that receives Config's snapshots; its policy must let Config write."
  type        = string
  nullable    = false
}

variable "cis_version" {
  description = "Version of the CIS AWS Foundations Benchmark that Security Hub checks."
  type        = string
  default     = "3.0.0"
  nullable    = false

  validation {
    condition     = contains(["1.4.0", "3.0.0"], var.cis_version)
    error_message = "cis_version must be 1.4.0 or 3.0.0; check the standard's ARN before adding another."
  }
}
