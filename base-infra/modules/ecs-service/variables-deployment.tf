variable "deployment_minimum_healthy_percent" {
  description = "Healthy tasks, in percent of the desired count, that a deployment keeps."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.deployment_minimum_healthy_percent >= (var.environment == "prod" ? 100 : 0) && var.deployment_minimum_healthy_percent <= 100
    error_message = "deployment_minimum_healthy_percent must be 0 to 100, and 100 in prod."
  }
}

variable "deployment_maximum_percent" {
  description = "Running tasks, in percent of the desired count, that a deployment may reach."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.deployment_maximum_percent > 100
    error_message = "deployment_maximum_percent must be more than 100: without a task too many, zones cannot be rebalanced."
  }
}

variable "health_check_grace_period" {
  description = "Seconds after the start of a task in which failed health checks do not count."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.health_check_grace_period >= 0
    error_message = "health_check_grace_period cannot be negative."
  }
}

variable "rollback_alarm_names" {
  description = "CloudWatch alarms that end a deployment and bring the former revision back; empty leaves it to the circuit breaker."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "enable_execute_command" {
  description = "Whether people may open a shell in a task. The container's file system can then be written and keeps its capabilities."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.enable_execute_command || var.environment != "prod"
    error_message = "enable_execute_command must be false in prod: nobody opens a shell there."
  }
}

variable "execute_command_log_group_arn" {
  description = "Log group of shell sessions, which the cluster makes; only for enable_execute_command."
  type        = string
  default     = null

  validation {
    condition     = !var.enable_execute_command || var.execute_command_log_group_arn != null
    error_message = "execute_command_log_group_arn must be set with enable_execute_command: no session goes unrecorded. The ecs-cluster module prints it."
  }
}
