variable "availability_zones" {
  description = "The three zones of the region, in the order of the CIDR lists."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.availability_zones) == 3 && length(distinct(var.availability_zones)) == 3
    error_message = "availability_zones must name three different zones: two leave no quorum when one is lost."
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

  validation {
    condition = alltrue([
      for c in concat(var.public_subnet_cidrs, var.private_subnet_cidrs, var.data_subnet_cidrs) :
      try(cidrhost("${cidrhost(c, 0)}/16", 0) == cidrhost(var.vpc_cidr, 0), false)
    ])
    error_message = "every subnet range must lie inside vpc_cidr."
  }

  validation {
    condition     = length(distinct(concat(var.public_subnet_cidrs, var.private_subnet_cidrs, var.data_subnet_cidrs))) == 9
    error_message = "the nine subnet ranges must all differ."
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
