variable "rate_limit" {
  description = "Requests that one address may make in 5 minutes before it is blocked."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.rate_limit >= 10
    error_message = "rate_limit must be at least 10 requests in 5 minutes, the least that WAF accepts."
  }
}

variable "enable_sql_injection_rule" {
  description = "Whether requests that look like SQL injection are blocked."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_xss_rule" {
  description = "true: the common rule set's cross-site-scripting rules block; false: they only count."
  type        = bool
  default     = true
  nullable    = false
}

variable "blocked_countries" {
  description = "ISO 3166 codes of countries whose requests are blocked; empty blocks none."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for c in var.blocked_countries : can(regex("^[A-Z]{2}$", c))])
    error_message = "blocked_countries must hold two-letter upper-case country codes such as KP."
  }
}

variable "count_only" {
  description = "true: managed rule groups only count what they would block, for a first release; false: they block."
  type        = bool
  default     = false
  nullable    = false
}
