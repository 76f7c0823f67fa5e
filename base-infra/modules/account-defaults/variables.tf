variable "account_id" {
  description = "AWS account whose defaults these are, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts every new EBS volume of this region which names no other; its policy must let EC2 use it for principals of the account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key: EC2 accepts an alias, and then reports the key, which differs in every plan."
  }
}

variable "block_public_buckets" {
  description = "Whether S3 refuses public access to all buckets of the account, whatever they say themselves; false where a website needs one, and on emulators without names for accounts."
  type        = bool
  default     = true
  nullable    = false
}

variable "minimum_password_length" {
  description = "Characters that the password of an IAM user has at least."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.minimum_password_length >= 14 && var.minimum_password_length <= 128
    error_message = "minimum_password_length must be 14 to 128."
  }
}

variable "maximum_password_age_days" {
  description = "Days after which an IAM user must choose another password."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.maximum_password_age_days >= 1 && var.maximum_password_age_days <= 365
    error_message = "maximum_password_age_days must be 1 to 365."
  }
}
