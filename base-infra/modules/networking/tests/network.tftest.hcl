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

  assert {
    condition     = aws_vpc.this.enable_dns_hostnames && aws_vpc.this.enable_dns_support
    error_message = "The VPC must resolve names."
  }
}

run "one_nat_gateway_by_default" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_eip.nat) == 1 && length(aws_route.private_nat) == 3
    error_message = "dev and staging have one NAT gateway with one address, and three private tables that lead to it."
  }
}

# Guards against three gateways of which two stand idle.
run "one_nat_gateway_per_zone_in_prod" {
  command = apply

  variables {
    environment          = "prod"
    nat_gateway_per_zone = true
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(distinct([for r in aws_route.private_nat : r.nat_gateway_id])) == 3
    error_message = "In prod each private route table leads to the NAT gateway of its own zone."
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

  assert {
    condition     = !contains(aws_vpc_endpoint.s3.route_table_ids, aws_route_table.data.id) && length(aws_vpc_endpoint.s3.route_table_ids) == 3
    error_message = "The S3 endpoint belongs to the three private tables only."
  }

  assert {
    condition     = alltrue([for a in aws_route_table_association.data : a.route_table_id == aws_route_table.data.id])
    error_message = "A data subnet uses another tier's route table."
  }
}

# Guards against one rule number for several ranges, which AWS refuses, and against ranges of another environment.
run "network_acls_follow_the_environment" {
  command = plan

  variables {
    environment          = "staging"
    vpc_cidr             = "10.1.0.0/16"
    public_subnet_cidrs  = ["10.1.1.0/24", "10.1.2.0/24", "10.1.3.0/24"]
    private_subnet_cidrs = ["10.1.11.0/24", "10.1.12.0/24", "10.1.13.0/24"]
    data_subnet_cidrs    = ["10.1.21.0/24", "10.1.22.0/24", "10.1.23.0/24"]
  }

  assert {
    condition = join(" ", sort([for e in aws_network_acl.this["data"].ingress : "${e.rule_no}:${e.from_port}:${e.cidr_block}"])) == join(" ", [
      "100:5432:10.1.11.0/24", "101:5432:10.1.12.0/24", "102:5432:10.1.13.0/24",
      "110:6379:10.1.11.0/24", "111:6379:10.1.12.0/24", "112:6379:10.1.13.0/24",
    ])
    error_message = "The data tier lets in something other than PostgreSQL and the cache from the application subnets."
  }

  assert {
    condition = join(" ", sort([for e in aws_network_acl.this["data"].egress : "${e.rule_no}:${e.from_port}-${e.to_port}:${e.cidr_block}"])) == join(" ", [
      "100:1024-65535:10.1.11.0/24", "101:1024-65535:10.1.12.0/24", "102:1024-65535:10.1.13.0/24",
    ])
    error_message = "The data tier answers someone other than the application subnets."
  }

  assert {
    condition     = join(" ", sort([for e in aws_network_acl.this["public"].ingress : "${e.rule_no}:${e.from_port}-${e.to_port}"])) == "100:443-443 110:80-80 120:1024-65535"
    error_message = "The public tier lets in HTTPS, HTTP and answers, and nothing else."
  }

  assert {
    condition     = join(" ", sort([for e in aws_network_acl.this["private"].ingress : "${e.rule_no}:${e.cidr_block}"])) == "100:10.1.0.0/16 110:0.0.0.0/0"
    error_message = "The application tier lets in the VPC and answers, and nothing else."
  }
}

run "flow_logs_are_kept_encrypted" {
  command = plan

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow_logs.retention_in_days == 30 && aws_cloudwatch_log_group.flow_logs.kms_key_id == var.kms_key_arn
    error_message = "Flow logs must hold all traffic, for 30 days, under our key."
  }
}

run "interface_endpoints_have_private_names" {
  command = plan

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 7 && alltrue([for e in aws_vpc_endpoint.interface : e.private_dns_enabled && e.vpc_endpoint_type == "Interface"])
    error_message = "Seven services are reached by their usual names, inside the VPC."
  }
}

run "two_zones_are_refused" {
  command = plan

  variables {
    availability_zones = ["us-east-1a", "us-east-1b"]
  }

  expect_failures = [var.availability_zones]
}

run "a_subnet_outside_the_vpc_is_refused" {
  command = plan

  variables {
    data_subnet_cidrs = ["10.9.21.0/24", "10.0.22.0/24", "10.0.23.0/24"]
  }

  expect_failures = [var.public_subnet_cidrs]
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
