# The traffic matrix, once: one line is one flow by TCP. It becomes an egress rule on its source and an ingress rule on
# its destination, where these are groups of ours; what is not listed cannot be reached. Groups name groups: inside the
# VPC no rule holds an address, save the one that allow_vpc_to_endpoints asks for.
locals {
  security_groups = {
    alb      = "Public load balancer"
    app      = "Application tasks"
    rds      = "PostgreSQL"
    redis    = "Cache"
    endpoint = "Interface VPC endpoints"
  }

  behind_cloudfront = var.cloudfront_prefix_list_id != null

  matrix = {
    # 80 is open only so that the listener can redirect it to 443; CloudFront redirects by itself.
    internet-to-alb-http  = { from = "internet", to = "alb", port = 80, exists = !local.behind_cloudfront }
    internet-to-alb-https = { from = "internet", to = "alb", port = 443, exists = !local.behind_cloudfront }
    cloudfront-to-alb     = { from = "cloudfront", to = "alb", port = 443, exists = local.behind_cloudfront }
    alb-to-app            = { from = "alb", to = "app", port = var.app_port, exists = true }
    app-to-rds            = { from = "app", to = "rds", port = var.db_port, exists = true }
    app-to-redis          = { from = "app", to = "redis", port = var.redis_port, exists = true }
    app-to-endpoint       = { from = "app", to = "endpoint", port = 443, exists = true }
    vpc-to-endpoint       = { from = "vpc", to = "endpoint", port = 443, exists = var.allow_vpc_to_endpoints }
    app-to-internet       = { from = "app", to = "internet", port = 443, exists = var.allow_nat_egress }
    # Image layers come from S3 through the gateway endpoint, whose addresses are the service's public prefix list.
    app-to-s3 = { from = "app", to = "s3", port = 443, exists = true }
  }

  flows = { for name, flow in local.matrix : name => flow if flow.exists }

  # Remediation leaves alone what this tag says is meant to be open.
  world_ingress_tags = {
    for group, ports in { for flow in local.flows : flow.to => flow.port... if flow.from == "internet" } :
    group => { "opsplane:allow-world-ingress" = join(" ", ports) }
  }

  # Who stands at the ends of a flow, as a rule names it.
  ends = merge(
    { for name, group in aws_security_group.this : name => { group = group.id, cidr = null, prefix_list = null } },
    {
      internet   = { group = null, cidr = local.anywhere, prefix_list = null }
      vpc        = { group = null, cidr = var.vpc_cidr, prefix_list = null }
      cloudfront = { group = null, cidr = null, prefix_list = var.cloudfront_prefix_list_id }
      s3         = { group = null, cidr = null, prefix_list = aws_vpc_endpoint.s3.prefix_list_id }
    },
  )
}

resource "aws_security_group" "this" {
  # checkov:skip=CKV2_AWS_5:other modules attach the groups, which the scanner does not follow
  for_each = local.security_groups

  name        = "${local.name}-sg-${each.key}"
  description = "${each.value} of ${local.name}"
  vpc_id      = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${local.name}-sg-${each.key}" }, lookup(local.world_ingress_tags, each.key, {}))
}

resource "aws_vpc_security_group_ingress_rule" "flow" {
  for_each = { for name, flow in local.flows : name => flow if contains(keys(local.security_groups), flow.to) }

  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = local.ends[each.value.from].group
  cidr_ipv4                    = local.ends[each.value.from].cidr
  prefix_list_id               = local.ends[each.value.from].prefix_list
  description                  = "TCP ${each.value.port} from ${each.value.from}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port

  tags = merge(var.tags, { Name = "${local.name}-sgr-${each.key}-in" })
}

resource "aws_vpc_security_group_egress_rule" "flow" {
  for_each = { for name, flow in local.flows : name => flow if contains(keys(local.security_groups), flow.from) }

  security_group_id            = aws_security_group.this[each.value.from].id
  referenced_security_group_id = local.ends[each.value.to].group
  cidr_ipv4                    = local.ends[each.value.to].cidr
  prefix_list_id               = local.ends[each.value.to].prefix_list
  description                  = "TCP ${each.value.port} to ${each.value.to}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port

  tags = merge(var.tags, { Name = "${local.name}-sgr-${each.key}-out" })
}

# With no rule given, Terraform removes those that AWS puts into the VPC's default group.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id

  tags = merge(var.tags, { Name = "${local.name}-sg-default-closed" })
}

# AWS refuses a rule that already exists, so a network of before must rename its rules rather than make them anew.
moved {
  from = aws_vpc_security_group_ingress_rule.world["80"]
  to   = aws_vpc_security_group_ingress_rule.flow["internet-to-alb-http"]
}

moved {
  from = aws_vpc_security_group_ingress_rule.world["443"]
  to   = aws_vpc_security_group_ingress_rule.flow["internet-to-alb-https"]
}

moved {
  from = aws_vpc_security_group_egress_rule.app_to_s3
  to   = aws_vpc_security_group_egress_rule.flow["app-to-s3"]
}

moved {
  from = aws_vpc_security_group_egress_rule.app_to_internet[0]
  to   = aws_vpc_security_group_egress_rule.flow["app-to-internet"]
}
