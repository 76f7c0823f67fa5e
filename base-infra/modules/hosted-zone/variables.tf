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
  description = "Second part of every resource name: global, since the zone exists once per account, or an environment with a domain of its own."
  type        = string
  default     = "global"
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod", "global"], var.environment)
    error_message = "environment must be dev, staging, prod or global."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "region" {
  description = "AWS region of the DNSSEC key; the zone itself has none."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region such as us-east-1, not a zone."
  }
}

variable "account_id" {
  description = "AWS account that owns the zone, 12 digits; the DNSSEC key trusts only it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "domain_name" {
  description = "Registered domain, for example example.com. Its registrar must be told the zone's name servers."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a lower-case domain such as example.com, without a trailing dot."
  }
}

variable "enable_dnssec" {
  description = "Whether the zone is signed. Off, because one wrong step at the registrar makes every name unreachable for as long as resolvers remember: turn it on when someone follows the order in this module's README."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.enable_dnssec || var.region == "us-east-1"
    error_message = "enable_dnssec needs region us-east-1: Route 53 takes signing keys from there only."
  }
}
