locals {
  name = "${var.project}-${var.environment}"

  # One letter for a zone is the last part of the names of everything that exists once per zone.
  zones = { for zone in var.availability_zones : substr(zone, -1, 1) => zone }
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  instance_tenancy     = "default"
  enable_dns_hostnames = var.enable_dns_hostnames
  enable_dns_support   = var.enable_dns_support

  tags = merge(var.tags, { Name = "${local.name}-vpc" })

  lifecycle {
    precondition {
      condition     = length(local.cidrs_outside) == 0
      error_message = "Every subnet must lie inside ${var.vpc_cidr}. These do not: ${join(", ", local.cidrs_outside)}."
    }

    precondition {
      condition     = length(local.cidrs_overlapping) == 0
      error_message = "No two subnets may overlap. These do: ${join(", ", local.cidrs_overlapping)}."
    }
  }
}
