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

variable "load_balancer" {
  description = "Where api.<environment domain> points: the load balancer's DNS name and its zone."
  type = object({
    dns_name = string
    zone_id  = string
  })
  nullable = false
}
