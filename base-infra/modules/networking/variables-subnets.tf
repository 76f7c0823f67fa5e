variable "availability_zones" {
  description = "The three zones of the region, in the order of the CIDR lists."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.availability_zones) == 3 && length(distinct(var.availability_zones)) == 3
    error_message = "availability_zones must name three different zones: two leave no quorum when one is lost."
  }

  validation {
    condition     = alltrue([for zone in var.availability_zones : can(regex("^${var.region}[a-z]$", zone))])
    error_message = "availability_zones must be zones of ${var.region}, such as ${var.region}a."
  }
}

variable "public_subnet_cidrs" {
  description = "IPv4 ranges of the public subnets (load balancer, NAT), one for each zone, inside vpc_cidr."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.public_subnet_cidrs) == 3 && alltrue([for c in var.public_subnet_cidrs : can(cidrnetmask(c))])
    error_message = "public_subnet_cidrs must hold three IPv4 ranges, one for each zone."
  }
}

variable "private_subnet_cidrs" {
  description = "IPv4 ranges of the application subnets (ECS tasks), one for each zone, inside vpc_cidr."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.private_subnet_cidrs) == 3 && alltrue([for c in var.private_subnet_cidrs : can(cidrnetmask(c))])
    error_message = "private_subnet_cidrs must hold three IPv4 ranges, one for each zone."
  }
}

variable "data_subnet_cidrs" {
  description = "IPv4 ranges of the data subnets (RDS, ElastiCache; no way to the internet), one for each zone, inside vpc_cidr."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.data_subnet_cidrs) == 3 && alltrue([for c in var.data_subnet_cidrs : can(cidrnetmask(c))])
    error_message = "data_subnet_cidrs must hold three IPv4 ranges, one for each zone."
  }
}

variable "nat_gateway_per_zone" {
  description = "true: one NAT gateway in each zone (three); false: one for all, cheaper, lost with its zone."
  type        = bool
  default     = false
  nullable    = false
}
