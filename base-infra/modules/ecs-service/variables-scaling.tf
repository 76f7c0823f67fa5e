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
  description = "Fewest tasks that auto scaling keeps, at creation; afterwards the schedule may change it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.min_count >= 0
    error_message = "min_count cannot be negative."
  }
}

variable "max_count" {
  description = "Most tasks that auto scaling starts, at creation; afterwards the schedule may change it."
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

variable "target_memory_percent" {
  description = "Average memory in percent that auto scaling aims at; null does not scale by memory."
  type        = number
  default     = 75

  validation {
    condition     = var.target_memory_percent == null ? true : var.target_memory_percent >= 20 && var.target_memory_percent <= 80
    error_message = "target_memory_percent must be 20 to 80, below the alarm at 85, or null."
  }
}

variable "requests_per_target" {
  description = "Requests a minute to one task that auto scaling aims at; null does not scale by requests."
  type        = number
  default     = null

  validation {
    condition     = var.requests_per_target == null ? true : var.requests_per_target > 0
    error_message = "requests_per_target must be more than 0, or null."
  }
}

variable "request_count_label" {
  description = "Load balancer and target group whose requests are counted, as app/<name>/<id>/targetgroup/<name>/<id>; only for requests_per_target."
  type        = string
  default     = null

  validation {
    condition     = var.requests_per_target == null || var.request_count_label != null
    error_message = "request_count_label must be set with requests_per_target: the load-balancing module prints it."
  }
}

variable "spot_weight" {
  description = "Share of tasks on Fargate Spot, 0 to 100; the rest is on demand. Spot tasks are stopped with two minutes' notice. From 0 to more or back replaces the service."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.spot_weight >= 0 && var.spot_weight <= 100
    error_message = "spot_weight must be 0 to 100."
  }

  validation {
    condition     = var.spot_weight == 0 || var.environment != "prod"
    error_message = "spot_weight must be 0 in prod: Spot tasks are stopped with two minutes' notice."
  }
}
