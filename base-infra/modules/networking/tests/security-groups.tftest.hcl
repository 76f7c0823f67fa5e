# The matrix, as a golden copy: it is written out here, not computed from the module's own table.
mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_vpc_endpoint" {
    defaults = { prefix_list_id = "pl-of-s3" }
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

run "the_matrix_is_exact" {
  command = apply

  # A mock that gave every group the same id would make the rest of this test say nothing.
  assert {
    condition     = length(distinct([for g in aws_security_group.this : g.id])) == 5
    error_message = "Five different security groups are expected."
  }

  assert {
    condition = jsonencode(sort([
      for rule in aws_vpc_security_group_ingress_rule.flow : format("%s>%s %s %d-%d",
        lookup({ for name, g in aws_security_group.this : g.id => name }, coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.prefix_list_id),
        coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.prefix_list_id)),
        one([for name, g in aws_security_group.this : name if g.id == rule.security_group_id]),
      rule.ip_protocol, rule.from_port, rule.to_port)
      ])) == jsonencode([
      "0.0.0.0/0>alb tcp 443-443",
      "0.0.0.0/0>alb tcp 80-80",
      "alb>app tcp 8000-8000",
      "app>endpoint tcp 443-443",
      "app>rds tcp 5432-5432",
      "app>redis tcp 6379-6379",
    ])
    error_message = "What may come in is not the matrix."
  }

  assert {
    condition = jsonencode(sort([
      for rule in aws_vpc_security_group_egress_rule.flow : format("%s>%s %s %d-%d",
        one([for name, g in aws_security_group.this : name if g.id == rule.security_group_id]),
        lookup({ for name, g in aws_security_group.this : g.id => name }, coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.prefix_list_id),
        coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.prefix_list_id)),
      rule.ip_protocol, rule.from_port, rule.to_port)
      ])) == jsonencode([
      "alb>app tcp 8000-8000",
      "app>0.0.0.0/0 tcp 443-443",
      "app>endpoint tcp 443-443",
      "app>pl-of-s3 tcp 443-443",
      "app>rds tcp 5432-5432",
      "app>redis tcp 6379-6379",
    ])
    error_message = "What may go out is not the matrix."
  }

  assert {
    condition = join(" ", [
      for name, group in aws_security_group.this : "${name}=${group.tags["opsplane:allow-world-ingress"]}"
      if contains(keys(group.tags), "opsplane:allow-world-ingress")
    ]) == "alb=80 443"
    error_message = "Only the load balancer's group may carry the tag that remediation trusts, with the ports that are open."
  }
}

# Guards against a rule beside the matrix: another resource of rules, or rules inside a group.
run "no_rule_is_declared_outside_the_matrix" {
  command = plan

  assert {
    condition = jsonencode(sort(flatten([
      for file in fileset(path.module, "*.tf") :
      regexall("(?m)^resource \"(aws_[a-z_]*security_group[a-z_]*)\" \"([a-z_]+)\"", file("${path.module}/${file}"))
      ]))) == jsonencode(sort([
      "aws_default_security_group", "closed",
      "aws_security_group", "this",
      "aws_vpc_security_group_egress_rule", "flow",
      "aws_vpc_security_group_ingress_rule", "flow",
    ]))
    error_message = "Rules are made by two resources, one for each direction, from one table."
  }

  assert {
    condition     = length(regexall("(?m)^\\s+(ingress|egress)\\b", file("${path.module}/security-groups.tf"))) == 0
    error_message = "A group holds rules of its own, which the table does not show."
  }
}

run "tasks_can_be_kept_off_the_internet" {
  command = plan

  variables {
    allow_nat_egress = false
  }

  assert {
    condition     = jsonencode(keys(aws_vpc_security_group_egress_rule.flow)) == jsonencode(["alb-to-app", "app-to-endpoint", "app-to-rds", "app-to-redis", "app-to-s3"])
    error_message = "allow_nat_egress = false must leave no way to the internet."
  }
}

# Guards against a load balancer that can be called past CloudFront and its firewall.
run "behind_cloudfront_the_internet_is_shut_out" {
  command = apply

  variables {
    cloudfront_prefix_list_id = "pl-0123456789abcdef0"
  }

  assert {
    condition = jsonencode(sort([
      for rule in aws_vpc_security_group_ingress_rule.flow :
      format("%s %d-%d", coalesce(rule.cidr_ipv4, rule.prefix_list_id), rule.from_port, rule.to_port)
      if rule.security_group_id == aws_security_group.this["alb"].id
    ])) == jsonencode(["pl-0123456789abcdef0 443-443"])
    error_message = "The load balancer takes 443 from CloudFront, and nothing else."
  }

  assert {
    condition     = length([for rule in aws_vpc_security_group_ingress_rule.flow : rule if rule.cidr_ipv4 != null]) == 0 && !contains(keys(aws_security_group.this["alb"].tags), "opsplane:allow-world-ingress")
    error_message = "Nothing is open to the internet, and no tag says that it should be."
  }
}

run "a_prefix_list_by_name_is_refused" {
  command = plan

  variables {
    cloudfront_prefix_list_id = "com.amazonaws.global.cloudfront.origin-facing"
  }

  expect_failures = [var.cloudfront_prefix_list_id]
}

run "endpoints_can_be_opened_to_the_vpc" {
  command = apply

  variables {
    allow_vpc_to_endpoints = true
  }

  assert {
    condition = jsonencode(sort([
      for rule in aws_vpc_security_group_ingress_rule.flow :
      format("%s %d-%d", rule.cidr_ipv4 == null ? "group" : rule.cidr_ipv4, rule.from_port, rule.to_port)
      if rule.security_group_id == aws_security_group.this["endpoint"].id
    ])) == jsonencode(["10.0.0.0/16 443-443", "group 443-443"])
    error_message = "Endpoints take 443 from the tasks and from the VPC's range."
  }

  assert {
    condition = length([
      for rule in aws_vpc_security_group_egress_rule.flow : rule
      if contains([for name in ["endpoint", "rds", "redis"] : aws_security_group.this[name].id], rule.security_group_id)
    ]) == 0
    error_message = "Endpoints and stores only answer."
  }
}

run "ports_follow_the_variables" {
  command = plan

  variables {
    app_port = 8080
    db_port  = 5433
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.flow["alb-to-app"].to_port == 8080 && aws_vpc_security_group_egress_rule.flow["app-to-rds"].to_port == 5433
    error_message = "The matrix does not follow app_port and db_port."
  }
}
