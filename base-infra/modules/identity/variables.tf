variable "project" {
  description = "First part of every resource name, for example cloudplatform."
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
  description = "AWS account of the roles, 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be exactly 12 digits."
  }
}

variable "region" {
  description = "AWS region to which rights on named things are confined."
  type        = string
  nullable    = false
}

variable "domain_name" {
  description = "Registered domain; an environment's pipeline writes only names below it that are the environment's own."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a lower-case domain such as example.com, without a dot at its end."
  }
}

variable "repository_arns" {
  description = "ECR repositories to which pipelines push and from which they deploy."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.repository_arns) > 0 && !strcontains(join("", var.repository_arns), "*")
    error_message = "repository_arns must name at least one repository, without wildcards."
  }
}

variable "state_bucket_arn" {
  description = "Bucket of the Terraform states; each root's is under <root>/terraform.tfstate, locked by an object beside it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:s3:::[a-z0-9-]+$", var.state_bucket_arn))
    error_message = "state_bucket_arn must be the ARN of a bucket, arn:aws:s3:::name."
  }
}

variable "lock_table_arn" {
  description = "DynamoDB lock table for Terraform before 1.10; null where states are locked in S3 alone."
  type        = string
  default     = null
}

variable "permissions_boundary_arn" {
  description = "Boundary of every role here except break-glass; null for none."
  type        = string
  default     = null
}
