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
  description = "Environment this network belongs to: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "region" {
  description = "AWS region; names of the VPC endpoint services contain it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region such as us-east-1, not a zone."
  }
}

variable "account_id" {
  description = "AWS account, 12 digits; endpoints let only its principals through, and the flow-log role trusts only it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC, a /16."
  type        = string
  nullable    = false

  validation {
    condition     = try("${cidrhost(var.vpc_cidr, 0)}/16" == var.vpc_cidr, false)
    error_message = "vpc_cidr must be an IPv4 /16 such as 10.0.0.0/16, given by its first address: the subnet plan needs one."
  }
}

variable "enable_dns_hostnames" {
  description = "Whether instances get public DNS host names; private DNS of the endpoints needs it."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_dns_support" {
  description = "Whether the VPC's resolver answers; everything that finds AWS by name needs it."
  type        = bool
  default     = true
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds the flow-log role; null leaves it unbounded."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
