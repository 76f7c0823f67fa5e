# Entries are inline, so that one added by hand shows as a difference. An entry holds one range: three subnets need
# three numbers. Source and destination follow the environment's own ranges.
locals {
  anywhere  = "0.0.0.0/0"
  ephemeral = { from = 1024, to = 65535 }

  acl_entries = {
    public = {
      ingress = [
        { number = 100, protocol = "tcp", cidr = local.anywhere, from = 443, to = 443 },
        { number = 110, protocol = "tcp", cidr = local.anywhere, from = 80, to = 80 },
        { number = 120, protocol = "tcp", cidr = local.anywhere, from = local.ephemeral.from, to = local.ephemeral.to },
      ]
      egress = [{ number = 100, protocol = "-1", cidr = local.anywhere, from = 0, to = 0 }]
    }
    private = {
      ingress = [
        { number = 100, protocol = "-1", cidr = var.vpc_cidr, from = 0, to = 0 },
        { number = 110, protocol = "tcp", cidr = local.anywhere, from = local.ephemeral.from, to = local.ephemeral.to },
      ]
      egress = [
        { number = 100, protocol = "-1", cidr = var.vpc_cidr, from = 0, to = 0 },
        { number = 110, protocol = "tcp", cidr = local.anywhere, from = 443, to = 443 },
      ]
    }
    data = {
      ingress = concat(
        [for i, cidr in var.private_subnet_cidrs : { number = 100 + i, protocol = "tcp", cidr = cidr, from = var.db_port, to = var.db_port }],
        [for i, cidr in var.private_subnet_cidrs : { number = 110 + i, protocol = "tcp", cidr = cidr, from = var.redis_port, to = var.redis_port }],
      )
      egress = [
        for i, cidr in var.private_subnet_cidrs :
        { number = 100 + i, protocol = "tcp", cidr = cidr, from = local.ephemeral.from, to = local.ephemeral.to }
      ]
    }
  }

  acl_subnet_ids = {
    public  = [for s in aws_subnet.public : s.id]
    private = [for s in aws_subnet.private : s.id]
    data    = [for s in aws_subnet.data : s.id]
  }
}

resource "aws_network_acl" "this" {
  # checkov:skip=CKV2_AWS_1:subnets are given for each tier from a table, which the scanner does not follow
  for_each = local.acl_entries

  vpc_id     = aws_vpc.this.id
  subnet_ids = local.acl_subnet_ids[each.key]

  dynamic "ingress" {
    for_each = each.value.ingress

    content {
      rule_no    = ingress.value.number
      action     = "allow"
      protocol   = ingress.value.protocol
      cidr_block = ingress.value.cidr
      from_port  = ingress.value.from
      to_port    = ingress.value.to
    }
  }

  dynamic "egress" {
    for_each = each.value.egress

    content {
      rule_no    = egress.value.number
      action     = "allow"
      protocol   = egress.value.protocol
      cidr_block = egress.value.cidr
      from_port  = egress.value.from
      to_port    = egress.value.to
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-nacl-${each.key}" })
}

# With no entry given, Terraform removes those that let everything through. It waits for the tiers' own lists, which
# take the subnets away from it.
resource "aws_default_network_acl" "closed" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id

  tags = merge(var.tags, { Name = "${local.name}-nacl-default-closed" })

  depends_on = [aws_network_acl.this]
}
