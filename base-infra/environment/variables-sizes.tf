variable "network" {
  description = "Address plan and what leaves it. See modules/networking for units and limits."
  type = object({
    vpc_cidr                 = string
    availability_zones       = list(string)
    public_subnet_cidrs      = list(string)
    private_subnet_cidrs     = list(string)
    data_subnet_cidrs        = list(string)
    nat_gateway_per_zone     = optional(bool, false)
    allow_nat_egress         = optional(bool, true)
    interface_endpoint_zones = optional(number, 1)
  })
  nullable = false
}

variable "service" {
  description = "The application's tasks: cpu in units of 1/1024 vCPU, memory in MiB, counts of tasks, percent of healthy tasks."
  type = object({
    cpu                     = number
    memory                  = number
    desired_count           = number
    min_count               = number
    max_count               = number
    minimum_healthy_percent = optional(number, 50)
    spot_weight             = optional(number, 0)
  })
  nullable = false
}

variable "service_image" {
  description = "Container image of the application, by digest."
  type        = string
  nullable    = false
}

variable "database" {
  description = "PostgreSQL: storage in GB, backup retention in days, monitoring interval in seconds."
  type = object({
    instance_class          = string
    allocated_storage       = number
    max_allocated_storage   = optional(number, 100)
    engine_version          = optional(string, "17")
    multi_az                = optional(bool, false)
    backup_retention_period = number
    performance_insights    = optional(bool, false)
    monitoring_interval     = optional(number, 0)
  })
  nullable = false
}

variable "cache" {
  description = "Cache: replicas beside the primary, snapshot retention in days."
  type = object({
    node_type               = string
    engine                  = optional(string, "valkey")
    replica_count           = optional(number, 0)
    snapshot_retention_days = optional(number, 1)
  })
  nullable = false
}
