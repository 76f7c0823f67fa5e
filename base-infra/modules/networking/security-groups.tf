# The traffic matrix, once. Each flow becomes an egress rule on its source and an ingress rule on its destination;
# what is not listed cannot be reached. Groups name groups: inside the VPC no rule holds an address.
locals {
  security_groups = {
    alb      = "Public load balancer"
    app      = "Application tasks"
    rds      = "PostgreSQL"
    redis    = "Cache"
    endpoint = "Interface VPC endpoints"
  }

  flows = {
    alb-to-app      = { from = "alb", to = "app", port = var.app_port }
    app-to-rds      = { from = "app", to = "rds", port = var.db_port }
    app-to-redis    = { from = "app", to = "redis", port = var.redis_port }
    app-to-endpoint = { from = "app", to = "endpoint", port = 443 }
  }

  # 80 is open only so that the listener can redirect it to 443.
  world_ports = ["80", "443"]

  security_group_tags = {
    alb = { "opsplane:allow-world-ingress" = join(" ", local.world_ports) }
  }
}

resource "aws_security_group" "this" {
  for_each = local.security_groups

  name        = "${local.name}-sg-${each.key}"
  description = "${each.value} of ${local.name}"
  vpc_id      = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${local.name}-sg-${each.key}" }, lookup(local.security_group_tags, each.key, {}))
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  for_each = toset(local.world_ports)

  security_group_id = aws_security_group.this["alb"].id
  description       = "TCP ${each.key} from the internet"
  cidr_ipv4         = local.anywhere
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)

  tags = merge(var.tags, { Name = "${local.name}-sgr-world-to-alb-${each.key}" })
}

resource "aws_vpc_security_group_ingress_rule" "flow" {
  for_each = local.flows

  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[each.value.from].id
  description                  = "TCP ${each.value.port} from ${each.value.from}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port

  tags = merge(var.tags, { Name = "${local.name}-sgr-${each.key}-in" })
}

resource "aws_vpc_security_group_egress_rule" "flow" {
  for_each = local.flows

  security_group_id            = aws_security_group.this[each.value.from].id
  referenced_security_group_id = aws_security_group.this[each.value.to].id
  description                  = "TCP ${each.value.port} to ${each.value.to}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port

  tags = merge(var.tags, { Name = "${local.name}-sgr-${each.key}-out" })
}

# Image layers come from S3 through the gateway endpoint, whose addresses are the service's public prefix list.
resource "aws_vpc_security_group_egress_rule" "app_to_s3" {
  security_group_id = aws_security_group.this["app"].id
  description       = "TCP 443 to S3 through the gateway endpoint"
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = merge(var.tags, { Name = "${local.name}-sgr-app-to-s3-out" })
}

resource "aws_vpc_security_group_egress_rule" "app_to_internet" {
  count = var.allow_nat_egress ? 1 : 0

  security_group_id = aws_security_group.this["app"].id
  description       = "TCP 443 to the internet through NAT"
  cidr_ipv4         = local.anywhere
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = merge(var.tags, { Name = "${local.name}-sgr-app-to-internet-out" })
}

# With no rule given, Terraform removes those that AWS puts into the VPC's default group.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${local.name}-sg-default-closed" })
}
