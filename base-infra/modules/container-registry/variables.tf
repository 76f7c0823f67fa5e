variable "project" {
  description = "First part of every resource name, for example cloudplatform; scanning and copying choose repositories by it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,19}$", var.project))
    error_message = "project must be 2 to 20 lower-case letters or digits and start with a letter."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "account_id" {
  description = "AWS account that alone may use the repositories, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "repository_names" {
  description = "Names of the repositories, each starting with the project."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.repository_names) > 0 && alltrue([for name in var.repository_names : startswith(name, "${var.project}-") && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", name))])
    error_message = "repository_names must hold at least one name; each starts with the project and a hyphen and has lower-case letters, digits and single hyphens."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the images."
  type        = string
  nullable    = false
}

variable "keep_images" {
  description = "Images that are kept of each kind of tag: prod-, staging-, dev-, sha-."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.keep_images >= 2 && floor(var.keep_images) == var.keep_images
    error_message = "keep_images must be a whole number of at least 2, or there is nothing to roll back to."
  }
}

variable "untagged_days" {
  description = "Days after which an image without a tag is deleted."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.untagged_days >= 1 && floor(var.untagged_days) == var.untagged_days
    error_message = "untagged_days must be a whole number of at least 1."
  }
}

variable "continuous_scan" {
  description = "Whether images are scanned again when a new vulnerability becomes known, not only when they are pushed."
  type        = bool
  default     = true
  nullable    = false
}

variable "replication_region" {
  description = "Second region to which images are copied; null copies nowhere."
  type        = string
  default     = null

  validation {
    condition     = var.replication_region == null || can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.replication_region))
    error_message = "replication_region must be a region such as us-west-2, or null."
  }
}

variable "force_delete" {
  description = "Whether terraform destroy may delete a repository that still holds images; true only where they are disposable."
  type        = bool
  default     = false
  nullable    = false
}
