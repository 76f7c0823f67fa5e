variable "app_port" {
  description = "TCP port on which the application's tasks listen."
  type        = number
  default     = 8000
  nullable    = false

  validation {
    condition     = var.app_port >= 1024 && var.app_port <= 65535
    error_message = "app_port must be 1024 to 65535: the tasks do not run as root."
  }
}

variable "db_port" {
  description = "TCP port of PostgreSQL."
  type        = number
  default     = 5432
  nullable    = false

  validation {
    condition     = var.db_port >= 1150 && var.db_port <= 65535
    error_message = "db_port must be 1150 to 65535, the range that RDS accepts."
  }
}

variable "redis_port" {
  description = "TCP port of the cache."
  type        = number
  default     = 6379
  nullable    = false

  validation {
    condition     = var.redis_port >= 1024 && var.redis_port <= 65535
    error_message = "redis_port must be 1024 to 65535."
  }
}

variable "allow_nat_egress" {
  description = "Whether tasks may open TCP 443 to any address through NAT; without it they reach only AWS, through endpoints."
  type        = bool
  default     = true
  nullable    = false
}

variable "cloudfront_prefix_list_id" {
  description = "ID of the region's prefix list of CloudFront origin-facing addresses. When set, only CloudFront reaches the load balancer, by 443; null leaves 80 and 443 open to the internet."
  type        = string
  default     = null

  validation {
    condition     = var.cloudfront_prefix_list_id == null || can(regex("^pl-[0-9a-f]+$", var.cloudfront_prefix_list_id))
    error_message = "cloudfront_prefix_list_id must look like pl-0123456789abcdef0; com.amazonaws.global.cloudfront.origin-facing is the list's name."
  }
}

variable "interface_endpoints" {
  description = "AWS services reached through an interface endpoint, as the last part of their service name."
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "kms", "sts"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.interface_endpoints, keys(local.endpoint_actions))) == 0
    error_message = "interface_endpoints may hold ${join(", ", keys(local.endpoint_actions))}; write what a task may call into vpc-endpoints.tf before adding another."
  }
}

variable "enable_execute_command" {
  description = "Whether people may open a shell in a running task: adds the ssmmessages endpoint, which that needs."
  type        = bool
  default     = false
  nullable    = false
}

variable "allow_vpc_to_endpoints" {
  description = "Whether every address of the VPC may reach the interface endpoints; without it only the application tasks may."
  type        = bool
  default     = false
  nullable    = false
}

variable "interface_endpoint_zones" {
  description = "In how many zones, 1 to 3, each interface endpoint has an address; each costs about 7 USD a month."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.interface_endpoint_zones)
    error_message = "interface_endpoint_zones must be 1, 2 or 3."
  }
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.flow_log_retention_days)
    error_message = "flow_log_retention_days must be 30, 60, 90, 180 or 365."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the flow logs; its policy must let CloudWatch Logs use it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}
