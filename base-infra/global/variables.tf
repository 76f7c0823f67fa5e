variable "project" {
  description = "First part of every resource name."
  type        = string
  default     = "cloudplatform"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,16}$", var.project))
    error_message = "project must be 2 to 17 lower-case letters or digits and start with a letter: a target group's name has 32 characters."
  }
}

variable "project_tag" {
  description = "Value of the tag Project."
  type        = string
  default     = "cloud-platform"
  nullable    = false
}

variable "owner" {
  description = "Value of the tag Owner: who answers for these resources."
  type        = string
  nullable    = false

  validation {
    condition     = length(trimspace(var.owner)) > 0
    error_message = "owner must name somebody: everything is tagged with it."
  }
}

variable "region" {
  description = "AWS region."
  type        = string
  default     = "us-east-1"
  nullable    = false
}

variable "account_id" {
  description = "AWS account, 12 digits; the provider refuses credentials of any other."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits; set it with TF_VAR_account_id."
  }
}

variable "emulated" {
  description = "true when AWS_ENDPOINT_URL points at emulators: fewer retries, path-style S3, no credential check."
  type        = bool
  default     = false
  nullable    = false
}

variable "offline" {
  description = "true for a plan that calls no AWS at all, as acceptance tests make; any keys will do (AWS_ACCESS_KEY_ID=x)."
  type        = bool
  default     = false
  nullable    = false
}

variable "trail_lock_days" {
  description = "Days for which nobody may delete the trail's objects (governance mode); null turns the lock off, for emulators only."
  type        = number
  default     = 365

  validation {
    condition     = var.trail_lock_days != null || var.emulated
    error_message = "trail_lock_days must be set: a trail that can be deleted is no evidence."
  }
}

variable "environments" {
  description = "Environments that live in this account: all three, or the one whose account it is."
  type        = set(string)
  default     = ["dev", "staging", "prod"]
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && length(setsubtract(var.environments, ["dev", "staging", "prod"])) == 0
    error_message = "environments must name one or more of dev, staging and prod."
  }
}

variable "domain_name" {
  description = "Registered domain, for example example.com."
  type        = string
  nullable    = false
}

variable "zone_name" {
  description = "Domain of this account's zone where it is not the whole domain: in an account of its own, dev has the zone dev.<domain>, to which the domain's own zone must delegate. null means domain_name."
  type        = string
  default     = null

  validation {
    condition     = var.zone_name == null || var.zone_name == var.domain_name || try(endswith(var.zone_name, ".${var.domain_name}"), false)
    error_message = "zone_name must be domain_name, or a name below it such as dev.<domain_name>."
  }
}

variable "enable_dnssec" {
  description = "Whether the zone is signed. Turn it on only when the registrar can be given the DS record, or the domain goes dark."
  type        = bool
  default     = false
  nullable    = false
}

variable "detection" {
  description = "What the account's detectors look at beyond the module's defaults; each costs extra (modules/security-baseline). unused_access_days: days after which rights count as unused, null for never."
  type = object({
    cis_version        = optional(string, "3.0.0")
    guardduty_features = optional(map(bool), {})
    scan_functions     = optional(bool, false)
    unused_access_days = optional(number)
  })
  default  = {}
  nullable = false
}
