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
  description = "ARN of the key for SSE-KMS; null means SSE-S3, which only the load balancer's log bucket needs."
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
  description = "Days after which objects move to Glacier."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.glacier_after_days >= 1
    error_message = "glacier_after_days must be at least 1."
  }
}

variable "expire_after_days" {
  description = "Days after which objects are deleted; null keeps them for ever."
  type        = number
  default     = null

  validation {
    condition     = var.expire_after_days == null || try(var.expire_after_days > var.glacier_after_days, false)
    error_message = "expire_after_days must be more than glacier_after_days."
  }
}

variable "policy_statements" {
  description = "JSON texts of policy statements that let others in, added to the one that refuses plain HTTP."
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
