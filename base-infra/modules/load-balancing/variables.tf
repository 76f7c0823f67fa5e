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
  description = "Environment whose front door this is: dev, staging or prod."
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

variable "vpc_id" {
  description = "VPC of the target group."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Public subnets that hold the load balancer, one for each zone."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets: a load balancer needs two zones."
  }
}

variable "security_group_ids" {
  description = "Security groups of the load balancer."
  type        = list(string)
  nullable    = false
}

variable "certificate_arn" {
  description = "ACM certificate of the HTTPS listener, already issued."
  type        = string
  nullable    = false
}

variable "access_log_bucket" {
  description = "Bucket for access logs; it must use SSE-S3, the only encryption that the log delivery accepts."
  type        = string
  nullable    = false
}

variable "app_port" {
  description = "TCP port on which the targets listen."
  type        = number
  default     = 8000
  nullable    = false
}

variable "health_check_path" {
  description = "Path that must answer 200 for a target to be healthy."
  type        = string
  default     = "/health"
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the load balancer."
  type        = bool
  default     = false
  nullable    = false
}
