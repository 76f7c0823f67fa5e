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
  description = "Always global: there is one trail per account, and these alarms read it."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["global"], var.environment)
    error_message = "environment must be global."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module that takes tags, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "log_group_name" {
  description = "Log group that receives the trail of all regions."
  type        = string
  nullable    = false
}

variable "topic_arn" {
  description = "Topic that tells people; its policy, and that of its key, must let CloudWatch and EventBridge publish."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:sns:", var.topic_arn))
    error_message = "topic_arn must be the ARN of an SNS topic."
  }
}

variable "thresholds" {
  description = "Numbers of records that differ from the module's, by the short name of the alarm (see metric-filters.tf)."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, records in var.thresholds : contains(keys(local.signals), name) && records >= 1])
    error_message = "thresholds may only name alarms of metric-filters.tf, and a number must be at least 1."
  }
}

variable "pipeline_roles" {
  description = "Roles that deploy, by name, or by its beginning with * at the end: their routine changes of rights, buckets and networks ring no alarm. Empty lets every change ring, each deployment included."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition = length(var.pipeline_roles) <= 3 && alltrue([
      for name in var.pipeline_roles : can(regex("^[A-Za-z0-9_+=,.@-]+$", name)) || can(regex("^[A-Za-z0-9_+=,.@-]+-role-[A-Za-z0-9_+=,.@-]{3,}\\*$", name))
    ])
    error_message = "pipeline_roles must hold at most three role names; one with * at the end must say three letters after -role- at least, or it would hide everybody."
  }

  validation {
    condition     = !anytrue([for name in var.pipeline_roles : endswith(name, "*") ? startswith(local.break_glass_role, trimsuffix(name, "*")) : name == local.break_glass_role])
    error_message = "pipeline_roles must not name the break-glass role: what is done with it is never routine."
  }
}
