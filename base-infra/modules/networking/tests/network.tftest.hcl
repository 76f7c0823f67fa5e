# Planned against a mock: no account, no emulator.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
}

variables {
  project              = "cloudplatform"
  environment          = "dev"
  region               = "us-east-1"
  account_id           = "000000000000"
  vpc_cidr             = "10.0.0.0/16"
  availability_zones   = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
  private_subnet_cidrs = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]
  data_subnet_cidrs    = ["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"]
  kms_key_arn          = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

run "the_vpc_shares_its_hardware_and_resolves_names" {
  command = plan

  assert {
    condition     = aws_vpc.this.instance_tenancy == "default" && aws_vpc.this.enable_dns_hostnames && aws_vpc.this.enable_dns_support
    error_message = "The VPC has default tenancy, host names and a resolver."
  }
}

# Guards against a range that lands in the wrong tier or zone.
run "nine_subnets_over_three_zones" {
  command = plan

  assert {
    condition = jsonencode({
      for name, subnet in merge(
        { for zone, s in aws_subnet.public : "public-${zone}" => s },
        { for zone, s in aws_subnet.private : "private-${zone}" => s },
        { for zone, s in aws_subnet.data : "data-${zone}" => s },
      ) : name => "${subnet.availability_zone} ${subnet.cidr_block}"
      }) == jsonencode({
      data-a    = "us-east-1a 10.0.21.0/24"
      data-b    = "us-east-1b 10.0.22.0/24"
      data-c    = "us-east-1c 10.0.23.0/24"
      private-a = "us-east-1a 10.0.11.0/24"
      private-b = "us-east-1b 10.0.12.0/24"
      private-c = "us-east-1c 10.0.13.0/24"
      public-a  = "us-east-1a 10.0.1.0/24"
      public-b  = "us-east-1b 10.0.2.0/24"
      public-c  = "us-east-1c 10.0.3.0/24"
    })
    error_message = "The nine subnets are not the address plan."
  }

  assert {
    condition     = alltrue([for s in aws_subnet.public : !s.map_public_ip_on_launch])
    error_message = "A public subnet gives out public addresses unasked."
  }

  assert {
    condition     = aws_subnet.public["a"].tags.Name == "cloudplatform-dev-subnet-public-a" && aws_vpc.this.tags.Name == "cloudplatform-dev-vpc"
    error_message = "Names do not follow project-environment-type-identifier."
  }
}

run "one_nat_gateway_by_default" {
  command = apply

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_eip.nat) == 1 && aws_eip.nat["a"].tags.Name == "cloudplatform-dev-eip-nat-a"
    error_message = "dev and staging have one NAT gateway, with one address that carries a name."
  }

  assert {
    condition     = jsonencode([for zone in ["a", "b", "c"] : aws_route.private_nat[zone].nat_gateway_id == aws_nat_gateway.this["a"].id]) == "[true,true,true]"
    error_message = "All three private tables lead to the one NAT gateway."
  }
}

# Guards against three gateways of which two stand idle, and against a zone that hangs on another.
run "one_nat_gateway_per_zone_in_prod" {
  command = apply

  variables {
    environment          = "prod"
    nat_gateway_per_zone = true
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(distinct([for n in aws_nat_gateway.this : n.id])) == 3
    error_message = "Three different NAT gateways are expected."
  }

  assert {
    condition = alltrue([
      for zone in ["a", "b", "c"] :
      aws_route.private_nat[zone].nat_gateway_id == aws_nat_gateway.this[zone].id &&
      aws_route.private_nat[zone].route_table_id == aws_route_table.private[zone].id &&
      aws_route_table_association.private[zone].route_table_id == aws_route_table.private[zone].id &&
      aws_route_table_association.private[zone].subnet_id == aws_subnet.private[zone].id &&
      aws_nat_gateway.this[zone].subnet_id == aws_subnet.public[zone].id &&
      aws_nat_gateway.this[zone].allocation_id == aws_eip.nat[zone].id
    ])
    error_message = "Each zone's tasks leave by the NAT gateway of their own zone, each with an address of its own."
  }
}

run "each_subnet_has_one_route_table" {
  command = apply

  assert {
    condition = jsonencode(sort(concat(
      [for a in aws_route_table_association.public : a.subnet_id],
      [for a in aws_route_table_association.private : a.subnet_id],
      [for a in aws_route_table_association.data : a.subnet_id],
      ))) == jsonencode(sort(concat(
      [for s in aws_subnet.public : s.id],
      [for s in aws_subnet.private : s.id],
      [for s in aws_subnet.data : s.id],
    )))
    error_message = "A subnet has no route table, or two."
  }

  assert {
    condition = (
      aws_route.public_internet.route_table_id == aws_route_table.public.id &&
      aws_route.public_internet.destination_cidr_block == "0.0.0.0/0" &&
      aws_route.public_internet.gateway_id == aws_internet_gateway.this.id &&
      alltrue([for a in aws_route_table_association.public : a.route_table_id == aws_route_table.public.id])
    )
    error_message = "Public subnets lead to the internet gateway."
  }

  assert {
    condition     = jsonencode(output.private_route_table_ids) == jsonencode([for zone in ["a", "b", "c"] : aws_route_table.private[zone].id])
    error_message = "Route tables are not given out in zone order."
  }
}

run "data_tier_has_no_way_out" {
  command = apply

  assert {
    condition = !contains(
      concat([for r in aws_route.private_nat : r.route_table_id], [aws_route.public_internet.route_table_id]),
      aws_route_table.data.id,
    )
    error_message = "A route leads out of the data tier."
  }

  # A route that is declared elsewhere would not be seen above.
  assert {
    condition = jsonencode(sort(flatten([
      for file in fileset(path.module, "*.tf") :
      regexall("(?m)^resource \"aws_route\" \"([a-z_]+)\"", file("${path.module}/${file}"))
    ]))) == jsonencode(["private_nat", "public_internet"])
    error_message = "There is a route that this test does not know."
  }

  assert {
    condition     = jsonencode(sort(aws_vpc_endpoint.s3.route_table_ids)) == jsonencode(sort([for t in aws_route_table.private : t.id]))
    error_message = "The S3 endpoint belongs to the three private tables only."
  }

  assert {
    condition     = alltrue([for a in aws_route_table_association.data : a.route_table_id == aws_route_table.data.id])
    error_message = "A data subnet uses another tier's route table."
  }
}

# Guards against one rule number for several ranges, which AWS refuses, and against ranges of another environment.
run "network_acls_follow_the_environment" {
  command = apply

  variables {
    environment          = "staging"
    vpc_cidr             = "10.1.0.0/16"
    public_subnet_cidrs  = ["10.1.1.0/24", "10.1.2.0/24", "10.1.3.0/24"]
    private_subnet_cidrs = ["10.1.11.0/24", "10.1.12.0/24", "10.1.13.0/24"]
    data_subnet_cidrs    = ["10.1.21.0/24", "10.1.22.0/24", "10.1.23.0/24"]
  }

  assert {
    condition = jsonencode({
      for tier, acl in aws_network_acl.this : tier => {
        in  = sort([for e in acl.ingress : "${e.rule_no} ${e.action} ${e.protocol} ${e.from_port}-${e.to_port} ${e.cidr_block}"])
        out = sort([for e in acl.egress : "${e.rule_no} ${e.action} ${e.protocol} ${e.from_port}-${e.to_port} ${e.cidr_block}"])
      }
      }) == jsonencode({
      public = {
        in  = ["100 allow tcp 443-443 0.0.0.0/0", "110 allow tcp 80-80 0.0.0.0/0", "120 allow tcp 1024-65535 0.0.0.0/0"]
        out = ["100 allow -1 0-0 0.0.0.0/0"]
      }
      private = {
        in  = ["100 allow -1 0-0 10.1.0.0/16", "110 allow tcp 1024-65535 0.0.0.0/0"]
        out = ["100 allow -1 0-0 10.1.0.0/16", "110 allow tcp 443-443 0.0.0.0/0"]
      }
      data = {
        in = [
          "100 allow tcp 5432-5432 10.1.11.0/24", "101 allow tcp 5432-5432 10.1.12.0/24", "102 allow tcp 5432-5432 10.1.13.0/24",
          "110 allow tcp 6379-6379 10.1.11.0/24", "111 allow tcp 6379-6379 10.1.12.0/24", "112 allow tcp 6379-6379 10.1.13.0/24",
        ]
        out = ["100 allow tcp 1024-65535 10.1.11.0/24", "101 allow tcp 1024-65535 10.1.12.0/24", "102 allow tcp 1024-65535 10.1.13.0/24"]
      }
    })
    error_message = "The entries of the network ACLs are not the plan's, moved to staging's ranges."
  }

  assert {
    condition = (
      jsonencode(sort(aws_network_acl.this["public"].subnet_ids)) == jsonencode(sort([for s in aws_subnet.public : s.id])) &&
      jsonencode(sort(aws_network_acl.this["private"].subnet_ids)) == jsonencode(sort([for s in aws_subnet.private : s.id])) &&
      jsonencode(sort(aws_network_acl.this["data"].subnet_ids)) == jsonencode(sort([for s in aws_subnet.data : s.id]))
    )
    error_message = "A subnet stands behind the list of another tier."
  }
}

# Guards against what a VPC is born with: a list, a table and a group that let things through.
run "what_nobody_chose_is_closed" {
  command = apply

  assert {
    condition     = aws_default_network_acl.closed.default_network_acl_id == aws_vpc.this.default_network_acl_id && length(aws_default_network_acl.closed.ingress) == 0 && length(aws_default_network_acl.closed.egress) == 0
    error_message = "The VPC's own network ACL lets something through."
  }

  assert {
    condition     = aws_default_route_table.closed.default_route_table_id == aws_vpc.this.default_route_table_id && length(aws_default_route_table.closed.route) == 0
    error_message = "The VPC's own route table leads somewhere."
  }

  assert {
    condition     = aws_default_security_group.closed.vpc_id == aws_vpc.this.id
    error_message = "The VPC's own security group is not taken over."
  }
}

run "flow_logs_are_kept_encrypted" {
  command = plan

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow_logs.retention_in_days == 30 && aws_cloudwatch_log_group.flow_logs.kms_key_id == var.kms_key_arn
    error_message = "Flow logs must hold all traffic, for 30 days, under our key."
  }
}

run "the_flow_log_role_trusts_one_account_and_has_its_bounds" {
  command = apply

  variables {
    permissions_boundary_arn = "arn:aws:iam::000000000000:policy/boundary"
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.flow_logs.assume_role_policy).Statement) == jsonencode([{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
    }])
    error_message = "Only flow logs of this account may take the role."
  }

  assert {
    condition     = aws_iam_role.flow_logs.permissions_boundary == "arn:aws:iam::000000000000:policy/boundary"
    error_message = "The role is not bounded."
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role_policy.flow_logs.policy).Statement) == jsonencode([{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "arn:aws:logs:us-east-1:000000000000:log-group:mock:*"
    }])
    error_message = "The role writes to its own log group and does nothing else."
  }
}

run "two_zones_are_refused" {
  command = plan

  variables {
    availability_zones = ["us-east-1a", "us-east-1b"]
  }

  expect_failures = [var.availability_zones]
}

run "a_zone_of_another_region_is_refused" {
  command = plan

  variables {
    availability_zones = ["us-east-1a", "us-east-1b", "us-west-2c"]
  }

  expect_failures = [var.availability_zones]
}

run "a_subnet_outside_the_vpc_is_refused" {
  command = plan

  variables {
    data_subnet_cidrs = ["10.9.21.0/24", "10.0.22.0/24", "10.0.23.0/24"]
  }

  expect_failures = [aws_vpc.this]
}

# Guards against two ranges that differ and overlap all the same: AWS would refuse them halfway through the apply.
run "overlapping_subnets_are_refused" {
  command = plan

  variables {
    private_subnet_cidrs = ["10.0.20.0/22", "10.0.12.0/24", "10.0.13.0/24"]
  }

  expect_failures = [aws_vpc.this]
}

run "a_vpc_that_is_no_sixteen_is_refused" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/20"
  }

  expect_failures = [var.vpc_cidr]
}

run "an_unknown_environment_is_refused" {
  command = plan

  variables {
    environment = "production"
  }

  expect_failures = [var.environment]
}

run "a_retention_that_the_platform_does_not_use_is_refused" {
  command = plan

  variables {
    flow_log_retention_days = 0
  }

  expect_failures = [var.flow_log_retention_days]
}
