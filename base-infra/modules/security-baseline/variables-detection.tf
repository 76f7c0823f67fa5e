variable "guardduty_features" {
  description = "GuardDuty protections that differ from the module's (see guardduty.tf), by AWS's name: true turns one on, and its cost: S3_DATA_EVENTS 0.80 USD per million object calls, RDS_LOGIN_EVENTS 1.00 USD per vCPU and month, LAMBDA_NETWORK_LOGS 1.00 USD per GB of flow logs, RUNTIME_MONITORING 1.50 USD per vCPU and month."
  type        = map(bool)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for name in keys(var.guardduty_features) : contains(keys(merge(local.guardduty_features, local.guardduty_agents)), name)
    ])
    error_message = "guardduty_features may only name the protections and agents that guardduty.tf lists."
  }

  validation {
    condition = lookup(var.guardduty_features, "RUNTIME_MONITORING", false) || !anytrue([
      for name, on in var.guardduty_features : on if endswith(name, "_MANAGEMENT")
    ])
    error_message = "An agent (…_MANAGEMENT) can only be on together with RUNTIME_MONITORING."
  }
}

variable "scan_functions" {
  description = "Whether Inspector also looks for vulnerable packages in Lambda functions and layers. About 0.30 USD per function and month."
  type        = bool
  default     = false
  nullable    = false
}

variable "unused_access_days" {
  description = "Days after which Access Analyzer calls a role, key or permission unused; null looks for none. About 0.20 USD per role or user and month."
  type        = number
  default     = null

  validation {
    condition     = var.unused_access_days == null ? true : var.unused_access_days >= 1 && var.unused_access_days <= 365
    error_message = "unused_access_days must be 1 to 365, or null for no such analyzer."
  }
}

variable "enable_conformance_pack" {
  description = "Whether Config also keeps the pack of conformance-pack.tf. About 0.001 USD per evaluation."
  type        = bool
  default     = true
  nullable    = false
}

variable "cis_version" {
  description = "Version of the CIS AWS Foundations Benchmark that Security Hub checks."
  type        = string
  default     = "3.0.0"
  nullable    = false

  validation {
    condition     = contains(["1.4.0", "3.0.0"], var.cis_version)
    error_message = "cis_version must be 1.4.0 or 3.0.0; check the standard's ARN before adding another."
  }
}
