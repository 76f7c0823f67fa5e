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
  description = "The application's tasks: cpu in units of 1/1024 vCPU, memory in MiB, counts of tasks, percent of healthy tasks, requests a minute and target (null: scale by CPU alone)."
  type = object({
    cpu                     = number
    memory                  = number
    desired_count           = number
    min_count               = number
    max_count               = number
    minimum_healthy_percent = optional(number, 50)
    spot_weight             = optional(number, 0)
    requests_per_target     = optional(number)
    enable_execute_command  = optional(bool, false)
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

variable "firewall" {
  description = "Web ACL: requests of one address in 5 minutes, countries to block (ISO 3166), and groups that cost extra."
  type = object({
    rate_limit        = optional(number, 2000)
    blocked_countries = optional(set(string), [])
    bot_control       = optional(bool, false)
    anonymous_ip      = optional(bool, false)
    count_only        = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "cloudfront" {
  description = "CloudFront in front of the load balancer; prefix_list_id is the region's list of CloudFront's addresses (com.amazonaws.global.cloudfront.origin-facing)."
  type = object({
    enabled        = optional(bool, false)
    prefix_list_id = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = !var.cloudfront.enabled || var.cloudfront.prefix_list_id != null
    error_message = "cloudfront.prefix_list_id must be set when CloudFront is enabled: without it anybody could reach the load balancer around the firewall. Find it with: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing"
  }

  validation {
    condition     = !var.cloudfront.enabled || var.region == "us-east-1"
    error_message = "cloudfront can be enabled in us-east-1 only: its certificate and its web ACL must live there."
  }
}

variable "backup_vault_lock_days" {
  description = "Days for which recovery points cannot be deleted by anybody; null leaves the vault unlocked."
  type        = number
  default     = null
}

variable "alarm_thresholds" {
  description = "Alarm thresholds that differ here, by the alarm's short name, in the unit of its metric (modules/observability)."
  type        = map(number)
  default     = {}
  nullable    = false
}
