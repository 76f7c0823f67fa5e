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
  description = "Environment that is watched: dev, staging or prod."
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

variable "sns_topic_arn" {
  description = "Topic for critical alarms (<environment>-critical-alerts); the fleet's stack makes it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", var.sns_topic_arn))
    error_message = "sns_topic_arn must be the ARN of an SNS topic."
  }
}

variable "warning_sns_topic_arn" {
  description = "Topic for warnings (<environment>-warning-alerts); the fleet's stack makes it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:", var.warning_sns_topic_arn))
    error_message = "warning_sns_topic_arn must be the ARN of an SNS topic."
  }
}

variable "alb_arn_suffix" {
  description = "Last part of the load balancer's ARN."
  type        = string
  nullable    = false
}

variable "target_group_arn_suffix" {
  description = "Last part of the target group's ARN."
  type        = string
  nullable    = false
}

variable "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  type        = string
  nullable    = false
}

variable "ecs_service_name" {
  description = "Full name of the ECS service."
  type        = string
  nullable    = false
}

variable "rds_instance_id" {
  description = "Identifier of the database."
  type        = string
  nullable    = false
}

variable "redis_cluster_id" {
  description = "ID of the cache's first member."
  type        = string
  nullable    = false
}

variable "max_connections" {
  description = "Connections that the database allows; the alarm rings at 80 % of them."
  type        = number
  nullable    = false
}

variable "thresholds" {
  description = "Thresholds that differ from the module's, by alarm name, in the unit of the metric (see alarms.tf)."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.thresholds) : contains(keys(local.alarms), name)])
    error_message = "thresholds names an alarm that does not exist; alarms.tf lists them."
  }
}
