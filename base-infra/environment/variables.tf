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

variable "environment" {
  description = "Environment that this state describes: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
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

variable "log_retention_days" {
  description = "Days that logs of this environment are kept in CloudWatch Logs: dev 30, staging 60, prod 90."
  type        = number
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database and the load balancer, and logs outlive terraform destroy."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.deletion_protection || var.environment != "prod"
    error_message = "deletion_protection must be true in prod."
  }
}

variable "key_administrator_arns" {
  description = "IAM principals of the DevOps and security teams that manage the key without being able to decrypt; empty leaves it to the account's own administrators."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "enable_health_check" {
  description = "Whether Route 53 asks /health of the public name from outside, for about 2 USD a month; an alarm listens. us-east-1 only."
  type        = bool
  default     = false
  nullable    = false
}

variable "domain_name" {
  description = "Registered domain, for example example.com."
  type        = string
  nullable    = false
}

variable "hosted_zone_id" {
  description = "Route 53 zone of domain_name. Only emulators can do without: AWS gives a listener no certificate that is not validated."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id != null || var.emulated || var.offline
    error_message = "hosted_zone_id must be set; the global root prints it, and TF_VAR_hosted_zone_id carries it."
  }

  validation {
    condition     = var.hosted_zone_id == null || can(regex("^[A-Z0-9]{8,32}$", var.hosted_zone_id))
    error_message = "hosted_zone_id must be the id of a zone, capitals and digits such as Z0123456789ABC, not its name."
  }
}
