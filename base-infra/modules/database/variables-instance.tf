variable "identifier" {
  description = "Name of the instance; null means <project>-<environment>-rds-postgres."
  type        = string
  default     = null
}

variable "engine_version" {
  description = "PostgreSQL major version; RDS chooses the minor one."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["15", "16", "17"], var.engine_version)
    error_message = "engine_version must be 15, 16 or 17, without a minor version."
  }
}

variable "instance_class" {
  description = "Instance class, t4g or t3, micro to large: those whose memory and connections the table of classes knows."
  type        = string
  default     = "db.t4g.micro"
  nullable    = false

  validation {
    condition     = contains(keys(local.classes), var.instance_class)
    error_message = "instance_class must be one of ${join(", ", keys(local.classes))}. Others need a row with their memory and connections in parameter-group.tf."
  }
}

variable "allocated_storage" {
  description = "Storage in GB."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.allocated_storage >= 20
    error_message = "allocated_storage must be at least 20 GB, the least for gp3."
  }
}

variable "max_allocated_storage" {
  description = "Storage in GB up to which RDS grows by itself."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.max_allocated_storage > var.allocated_storage
    error_message = "max_allocated_storage must be more than allocated_storage."
  }
}

variable "db_name" {
  description = "Name of the first database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.db_name))
    error_message = "db_name must start with a letter and hold lower-case letters, digits and underscores."
  }
}

variable "master_username" {
  description = "Name of the master user; RDS makes its password and keeps it in Secrets Manager, never in the state."
  type        = string
  nullable    = false

  validation {
    condition     = !contains(["postgres", "admin", "rdsadmin", "root"], var.master_username)
    error_message = "master_username must not be postgres, admin, root or rdsadmin: the first names tried."
  }
}

variable "master_password" {
  description = "Deprecated and refused: kept so that callers are told. RDS makes the password, so that no state and no variable file holds it."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.master_password == null
    error_message = "master_password must not be set: RDS makes the password and keeps it in the secret of output master_secret_arn. Remove the argument; to change the password, rotate that secret."
  }
}

variable "multi_az" {
  description = "Whether a standby waits in another zone."
  type        = bool
  default     = false
  nullable    = false
}

variable "backup_retention_period" {
  description = "Days for which the database can be put back to any second."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.backup_retention_period >= 7 && var.backup_retention_period <= 35
    error_message = "backup_retention_period must be 7 to 35 days: with 0 there would be no backup at all, and RDS keeps none longer than 35."
  }

  validation {
    condition     = var.environment != "prod" || var.backup_retention_period >= 30
    error_message = "backup_retention_period must be at least 30 days in prod."
  }
}

variable "deletion_protection" {
  description = "Whether RDS refuses to delete the instance; also asks for a last snapshot. prod must have it."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.environment != "prod" || var.deletion_protection
    error_message = "deletion_protection must be true in prod. To retire prod's database, take the protection off with `aws rds modify-db-instance --no-deletion-protection` and then destroy: the last snapshot is still made."
  }
}

variable "performance_insights" {
  description = "Whether Performance Insights (Database Insights, standard mode) is on."
  type        = bool
  default     = false
  nullable    = false
}

variable "monitoring_interval" {
  description = "Seconds between Enhanced Monitoring samples; 0 turns it off."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = contains([0, 1, 5, 10, 15, 30, 60], var.monitoring_interval)
    error_message = "monitoring_interval must be 0, 1, 5, 10, 15, 30 or 60 seconds."
  }
}

variable "rotation_days" {
  description = "Days after which RDS changes the master password; null from the beginning leaves RDS's own schedule of 7 days."
  type        = number
  default     = 30

  validation {
    condition     = var.rotation_days == null || try(var.rotation_days >= 1 && var.rotation_days <= 90, false)
    error_message = "rotation_days must be 1 to 90, or null for RDS's own schedule of 7 days."
  }
}

variable "ca_cert_identifier" {
  description = "Authority that signs the server's certificate; null takes the account's default and saves the provider a second change."
  type        = string
  default     = "rds-ca-rsa2048-g1"
}
