variable "trail_retention_days" {
  description = "Days that the trail is kept in CloudWatch Logs, at least a year."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = contains([365, 400, 545, 731], var.trail_retention_days)
    error_message = "trail_retention_days must be 365, 400, 545 or 731."
  }
}

variable "data_event_bucket_arns" {
  description = "Buckets whose object reads and writes are recorded, by name of their use. About 0.10 USD per 100,000 calls."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "recorded_function_prefixes" {
  description = "Functions whose invocations are recorded, by how their names begin; empty records none. About 0.10 USD per 100,000 calls."
  type        = set(string)
  default     = ["opsplane-prod-"]
  nullable    = false

  validation {
    condition     = alltrue([for prefix in var.recorded_function_prefixes : can(regex("^[a-zA-Z0-9_-]{1,64}$", prefix))])
    error_message = "recorded_function_prefixes must hold beginnings of function names: letters, digits, hyphens and underscores."
  }
}

variable "enable_insights" {
  description = "Whether CloudTrail learns the usual rate of calls and errors and reports what is unusual. About 0.35 USD per 100,000 events looked at, for each of the two."
  type        = bool
  default     = false
  nullable    = false
}
