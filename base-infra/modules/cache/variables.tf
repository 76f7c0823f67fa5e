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
  description = "Environment of the cache: dev, staging or prod."
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

variable "subnet_ids" {
  description = "Data subnets, one for each zone; replicas stand in other zones than the primary."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= (var.replica_count > 0 ? 2 : 1)
    error_message = "subnet_ids must name at least two subnets when there is a replica, and one otherwise: failover needs a second zone."
  }
}

variable "security_group_ids" {
  description = "Security groups of the cache."
  type        = list(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the cache's disks, snapshots and logs."
  type        = string
  nullable    = false
}

variable "engine" {
  description = "valkey (8.0), which speaks Redis's protocol and costs less, or redis (7.1)."
  type        = string
  default     = "valkey"
  nullable    = false

  validation {
    condition     = contains(["redis", "valkey"], var.engine)
    error_message = "engine must be redis or valkey."
  }
}

variable "node_type" {
  description = "Node type, t4g or t3, micro to medium."
  type        = string
  default     = "cache.t4g.micro"
  nullable    = false

  validation {
    condition     = can(regex("^cache\\.t(4g|3)\\.(micro|small|medium)$", var.node_type))
    error_message = "node_type must be cache.t4g or cache.t3 in size micro, small or medium."
  }
}

variable "replica_count" {
  description = "Replicas beside the primary, 0 to 5; with one or more, failover and several zones are on."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.replica_count >= 0 && var.replica_count <= 5
    error_message = "replica_count must be 0 to 5."
  }
}

variable "port" {
  description = "TCP port of the cache."
  type        = number
  default     = 6379
  nullable    = false

  validation {
    condition     = var.port >= 1024 && var.port <= 65535
    error_message = "port must be 1024 to 65535: the network lets no lower one through to the data subnets."
  }
}

variable "snapshot_retention_days" {
  description = "Days that daily snapshots are kept, 0 to 35; 0 takes none."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.snapshot_retention_days >= 0 && var.snapshot_retention_days <= 35
    error_message = "snapshot_retention_days must be 0 to 35."
  }
}

variable "log_retention_days" {
  description = "Days that the slow log and the engine's log are kept in CloudWatch Logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 180 or 365."
  }
}
