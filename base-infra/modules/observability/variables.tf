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

variable "region" {
  description = "AWS region whose metrics and logs the dashboard shows."
  type        = string
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
  description = "ID of the cache's first member, <group>-001; replicas follow as -002 and so on."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.redis_cluster_id, "-001")
    error_message = "redis_cluster_id must be the first member's ID and end in -001, as AWS numbers members of a replication group."
  }
}

variable "replica_count" {
  description = "Replicas in the cache beside the primary; each gets the cache's alarms, and only with one is there a lag to watch."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.replica_count >= 0 && var.replica_count <= 5 && floor(var.replica_count) == var.replica_count
    error_message = "replica_count must be a whole number from 0 to 5."
  }
}

variable "log_group_name" {
  description = "Log group of the application, /ecs/<environment>/fastapi: its lines are counted, searched and shown."
  type        = string
  nullable    = false
}

variable "min_count" {
  description = "Least number of tasks that autoscaling leaves; the alarm rings below it."
  type        = number
  nullable    = false

  validation {
    condition     = var.min_count >= 1 && floor(var.min_count) == var.min_count
    error_message = "min_count must be a whole number of at least 1, or the alarm on running tasks can never ring."
  }
}

variable "max_connections" {
  description = "Connections that the database allows; the alarm rings at 80 % of them."
  type        = number
  nullable    = false

  validation {
    condition     = var.max_connections > 0
    error_message = "max_connections must be more than 0."
  }
}

variable "database_memory_bytes" {
  description = "Memory of the database's class in bytes; the alarm rings below 15 % of it, and at 500 MiB at the latest."
  type        = number
  nullable    = false

  validation {
    condition     = var.database_memory_bytes >= 512 * 1024 * 1024
    error_message = "database_memory_bytes must be in bytes: 1 GiB is 1073741824."
  }
}

variable "thresholds" {
  description = "Thresholds that differ from the module's, by the row's name in alarms.tf and in the unit of its metric; they hold for every member of the cache."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.thresholds) : contains(keys(local.table), name)])
    error_message = "thresholds names an alarm that does not exist; alarms.tf lists them."
  }
}

variable "health_check" {
  description = "Route 53 health check of the public name, and whether there is one; its alarm can only be in us-east-1, where its metric is."
  type = object({
    enabled = optional(bool, false)
    id      = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = !var.health_check.enabled || var.region == "us-east-1"
    error_message = "health_check.enabled must be false outside us-east-1: Route 53 keeps the metric there only."
  }
}
