variable "desired_count" {
  description = "Tasks at creation; afterwards auto scaling and the schedule decide."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.desired_count >= 0
    error_message = "desired_count cannot be negative."
  }
}

variable "min_count" {
  description = "Fewest tasks that auto scaling keeps."
  type        = number
  default     = 1
  nullable    = false
}

variable "max_count" {
  description = "Most tasks that auto scaling starts."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.max_count >= var.min_count && var.desired_count <= var.max_count
    error_message = "max_count must not be less than min_count or desired_count."
  }
}

variable "target_cpu_percent" {
  description = "Average CPU in percent that auto scaling aims at."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.target_cpu_percent >= 20 && var.target_cpu_percent <= 75
    error_message = "target_cpu_percent must be 20 to 75, below the alarm at 80."
  }
}

variable "deployment_minimum_healthy_percent" {
  description = "Healthy tasks, in percent of the desired count, that a deployment keeps."
  type        = number
  default     = 50
  nullable    = false
}

variable "deployment_maximum_percent" {
  description = "Running tasks, in percent of the desired count, that a deployment may reach."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.deployment_maximum_percent > var.deployment_minimum_healthy_percent
    error_message = "deployment_maximum_percent must be more than deployment_minimum_healthy_percent, or no deployment can move."
  }
}

variable "health_check_grace_period" {
  description = "Seconds after the start of a task in which failed health checks do not count."
  type        = number
  default     = 60
  nullable    = false
}
