variable "name" {
  description = "Name of the web ACL, and of its metrics."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.name, "${var.project}-${var.environment}-") && can(regex("^[A-Za-z0-9_-]{1,128}$", var.name))
    error_message = "name must start with <project>-<environment>- and hold at most 128 letters, digits, hyphens or underscores."
  }
}

variable "scope" {
  description = "REGIONAL: in front of the load balancer alb_arn; CLOUDFRONT: for a distribution, which names the web ACL itself."
  type        = string
  default     = "REGIONAL"
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope must be REGIONAL or CLOUDFRONT."
  }
}

variable "alb_arn" {
  description = "Load balancer behind the web ACL; null when scope is CLOUDFRONT."
  type        = string
  default     = null

  validation {
    condition     = (var.scope == "REGIONAL") == (var.alb_arn != null)
    error_message = "alb_arn must be set when scope is REGIONAL, or nothing would be protected, and null when scope is CLOUDFRONT."
  }
}

variable "rate_limit" {
  description = "Requests that one address may make in 5 minutes before it is blocked."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.rate_limit >= 10 && var.rate_limit <= 2000000000
    error_message = "rate_limit must be 10 to 2,000,000,000 requests in 5 minutes: WAF accepts no other."
  }
}

variable "enable_sql_injection_rule" {
  description = "Whether requests that look like SQL injection are blocked."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_xss_rule" {
  description = "true: the common group's cross-site-scripting rules block; false: they only count."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_anonymous_ip" {
  description = "Whether requests from Tor, proxies and hosting providers are blocked. Off: other companies' servers call an API from there too."
  type        = bool
  default     = false
  nullable    = false
}

variable "enable_bot_control" {
  description = "Whether AWS's bot detection blocks. Off: 10 USD a month and 1 USD for each million requests."
  type        = bool
  default     = false
  nullable    = false
}

variable "blocked_countries" {
  description = "ISO 3166 codes of countries whose requests are blocked; empty blocks none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for c in var.blocked_countries : can(regex("^[A-Z]{2}$", c))])
    error_message = "blocked_countries must hold two-letter upper-case country codes such as KP."
  }
}

variable "count_only" {
  description = "true: managed rule groups only count what they would block, for a first release; false: they block. The rate limit and blocked countries always block."
  type        = bool
  default     = false
  nullable    = false
}
