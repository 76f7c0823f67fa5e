variable "name" {
  description = "Name of the bucket, unique in the whole of AWS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 63 lower-case letters, digits and hyphens; dots break TLS to the bucket."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key for SSE-KMS; null means SSE-S3, which buckets need that load balancers or S3 itself deliver logs to."
  type        = string
  default     = null
}

variable "versioning" {
  description = "Whether overwritten and deleted objects are kept as versions."
  type        = bool
  default     = true
  nullable    = false
}

variable "object_lock_days" {
  description = "Days for which no one may delete or overwrite an object (governance mode); null turns the lock off. Needs versioning."
  type        = number
  default     = null

  validation {
    condition     = var.object_lock_days == null || (var.versioning && try(var.object_lock_days >= 1, false))
    error_message = "object_lock_days must be at least 1, and needs versioning = true."
  }
}

variable "glacier_after_days" {
  description = "Days after which objects move to Glacier; null keeps them at hand, as Terraform's state must be."
  type        = number
  default     = 90

  validation {
    condition     = var.glacier_after_days == null || try(var.glacier_after_days >= 1, false)
    error_message = "glacier_after_days must be at least 1, or null for never."
  }
}

variable "expire_after_days" {
  description = "Days after which objects are deleted; null keeps them for ever."
  type        = number
  default     = null

  validation {
    condition     = var.expire_after_days == null || try(var.expire_after_days > coalesce(var.glacier_after_days, 1), false)
    error_message = "expire_after_days must be more than glacier_after_days, and at least 2."
  }
}

variable "expire_versions_after_days" {
  description = "Days after which a version that was overwritten or deleted is gone for good; null keeps all."
  type        = number
  default     = 90

  validation {
    condition     = var.expire_versions_after_days == null || try(var.expire_versions_after_days >= 1, false)
    error_message = "expire_versions_after_days must be at least 1, or null to keep every version."
  }
}

variable "access_log_bucket" {
  description = "Bucket that gets a log of every request to this one, under s3/<name>/; null writes none. It must use SSE-S3 and let logging.s3.amazonaws.com in."
  type        = string
  default     = null

  validation {
    condition     = var.access_log_bucket == null || var.access_log_bucket != var.name
    error_message = "access_log_bucket must be another bucket: a log of itself would never end."
  }
}

variable "policy_statements" {
  description = "JSON texts of policy statements that let others in, added to those that refuse."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for s in var.policy_statements : can(jsondecode(s).Effect)])
    error_message = "each of policy_statements must be the JSON text of one statement, made with jsonencode."
  }
}

variable "force_destroy" {
  description = "Whether terraform destroy may delete a bucket that still holds objects; true only where data is disposable."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags added to the bucket, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
