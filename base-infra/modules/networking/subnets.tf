locals {
  public_cidrs  = { for i, zone in var.availability_zones : substr(zone, -1, 1) => var.public_subnet_cidrs[i] }
  private_cidrs = { for i, zone in var.availability_zones : substr(zone, -1, 1) => var.private_subnet_cidrs[i] }
  data_cidrs    = { for i, zone in var.availability_zones : substr(zone, -1, 1) => var.data_subnet_cidrs[i] }
}

# A range that is no range is left to the variables' own checks.
locals {
  cidrs = concat(var.public_subnet_cidrs, var.private_subnet_cidrs, var.data_subnet_cidrs)

  cidrs_outside = [
    for cidr in local.cidrs : cidr
    if try(cidrhost("${cidrhost(cidr, 0)}/16", 0) != cidrhost(var.vpc_cidr, 0) || split("/", cidr)[1] < 16, false)
  ]

  # Two ranges overlap when they are the same under the shorter of their masks.
  cidrs_overlapping = [
    for i, cidr in local.cidrs : cidr if anytrue([
      for j, other in local.cidrs : i != j && try(
        cidrhost("${cidrhost(cidr, 0)}/${min(split("/", cidr)[1], split("/", other)[1])}", 0) ==
        cidrhost("${cidrhost(other, 0)}/${min(split("/", cidr)[1], split("/", other)[1])}", 0), false
      )
    ])
  ]
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = local.public_cidrs[each.key]

  # Nothing in a public subnet needs an address it did not ask for: the load balancer and NAT bring their own.
  map_public_ip_on_launch = false

  tags = merge(var.tags, { Name = "${local.name}-subnet-public-${each.key}", Tier = "public" })
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = local.private_cidrs[each.key]

  tags = merge(var.tags, { Name = "${local.name}-subnet-private-${each.key}", Tier = "private" })
}

resource "aws_subnet" "data" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = local.data_cidrs[each.key]

  tags = merge(var.tags, { Name = "${local.name}-subnet-data-${each.key}", Tier = "data" })
}
