variable "project" {
  description = "First part of every resource name, for example cloudplatform."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,19}$", var.project))
    error_message = "project must be 2 to 20 lower-case letters or digits and start with a letter."
  }

  validation {
    condition     = length("${var.project}-${var.environment}-tg-app") <= 32
    error_message = "project and environment together must not be longer than 24 characters: a target group's name ends at 32."
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
  description = "Bucket for access and connection logs; it must use SSE-S3, the only encryption that the log delivery accepts."
  type        = string
  nullable    = false
}

variable "app_port" {
  description = "TCP port on which the targets listen."
  type        = number
  default     = 8000
  nullable    = false

  validation {
    condition     = var.app_port >= 1 && var.app_port <= 65535
    error_message = "app_port must be 1 to 65535."
  }
}

variable "health_check_path" {
  description = "Path that must answer 200 for a target to be healthy."
  type        = string
  default     = "/health"
  nullable    = false

  validation {
    condition     = startswith(var.health_check_path, "/")
    error_message = "health_check_path must start with a slash, for example /health."
  }
}

variable "hsts_max_age_seconds" {
  description = "Seconds for which a browser that was here once uses HTTPS only, for this name and those below it; 0 makes it forget."
  type        = number
  default     = 31536000
  nullable    = false

  validation {
    condition     = var.hsts_max_age_seconds == 0 || var.hsts_max_age_seconds >= 86400
    error_message = "hsts_max_age_seconds must be 0, or at least 86400 (a day): less protects nobody."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the load balancer."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.deletion_protection || var.environment != "prod"
    error_message = "deletion_protection must be true in prod."
  }
}
