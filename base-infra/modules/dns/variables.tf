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
  description = "Environment whose names these are: dev, staging or prod."
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

variable "domain_name" {
  description = "Registered domain. Names of dev and staging get their environment in front: api.dev.<domain>."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a lower-case domain such as example.com, without a trailing dot."
  }
}

variable "hosted_zone_id" {
  description = "Route 53 zone of domain_name. null: no record is made and the certificate stays unvalidated until someone adds its record."
  type        = string
  default     = null
}

variable "alias" {
  description = "Where api.<environment domain> points, by DNS name and zone: the load balancer, or CloudFront in front of it. Route 53 refuses to evaluate the health of CloudFront, so evaluate_target_health must be false there."
  type = object({
    dns_name               = string
    zone_id                = string
    evaluate_target_health = optional(bool, true)
  })
  nullable = false
}

variable "enable_health_check" {
  description = "Whether Route 53 asks https://<api name>/health from outside, every 30 seconds; it costs about 2 USD a month."
  type        = bool
  default     = false
  nullable    = false
}
