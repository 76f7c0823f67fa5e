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
  description = "Environment that the web ACL protects: dev, staging or prod."
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
  description = "AWS region of the logs; a web ACL of scope CLOUDFRONT lives in us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = var.scope == "REGIONAL" || var.region == "us-east-1"
    error_message = "region must be us-east-1 when scope is CLOUDFRONT: AWS keeps web ACLs of distributions there."
  }
}

variable "account_id" {
  description = "AWS account for which logs may be delivered, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the log group."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that blocked and counted requests are kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 180 or 365."
  }
}
