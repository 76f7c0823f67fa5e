# The matrix, as a golden copy: it is written out here, not computed from the module's own table.
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

run "the_matrix_is_exact" {
  command = apply

  # A mock that gave every group the same id would make the rest of this test say nothing.
  assert {
    condition     = length(distinct([for g in aws_security_group.this : g.id])) == 5
    error_message = "Five different security groups are expected."
  }

  assert {
    condition = join(" ", sort([
      for rule in aws_vpc_security_group_ingress_rule.flow : format("%s>%s:%d-%d",
        one([for name, g in aws_security_group.this : name if g.id == rule.referenced_security_group_id]),
        one([for name, g in aws_security_group.this : name if g.id == rule.security_group_id]),
      rule.from_port, rule.to_port)
    ])) == "alb>app:8000-8000 app>endpoint:443-443 app>rds:5432-5432 app>redis:6379-6379"
    error_message = "Ingress between the groups is not the matrix."
  }

  assert {
    condition = join(" ", sort([
      for rule in aws_vpc_security_group_egress_rule.flow : format("%s>%s:%d-%d",
        one([for name, g in aws_security_group.this : name if g.id == rule.security_group_id]),
        one([for name, g in aws_security_group.this : name if g.id == rule.referenced_security_group_id]),
      rule.from_port, rule.to_port)
    ])) == "alb>app:8000-8000 app>endpoint:443-443 app>rds:5432-5432 app>redis:6379-6379"
    error_message = "Egress between the groups is not the matrix."
  }
}

run "only_the_load_balancer_is_open_to_the_world" {
  command = apply

  assert {
    condition = join(" ", sort([
      for rule in aws_vpc_security_group_ingress_rule.world : "${rule.cidr_ipv4}:${rule.from_port}-${rule.to_port}"
    ])) == "0.0.0.0/0:443-443 0.0.0.0/0:80-80"
    error_message = "The world reaches 80 and 443, and nothing else."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.world : rule.security_group_id == aws_security_group.this["alb"].id])
    error_message = "A group other than the load balancer's is open to the world."
  }

  assert {
    condition = join(" ", [
      for name, group in aws_security_group.this : "${name}=${group.tags["opsplane:allow-world-ingress"]}"
      if contains(keys(group.tags), "opsplane:allow-world-ingress")
    ]) == "alb=80 443"
    error_message = "Only the load balancer's group may carry the tag that policy trusts, with the ports that are open."
  }
}

run "tasks_leave_only_by_443" {
  command = plan

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.app_to_internet) == 1 && aws_vpc_security_group_egress_rule.app_to_internet[0].from_port == 443 && aws_vpc_security_group_egress_rule.app_to_internet[0].to_port == 443
    error_message = "Tasks reach the internet by TCP 443 only."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.app_to_s3.from_port == 443 && aws_vpc_security_group_egress_rule.app_to_s3.cidr_ipv4 == null
    error_message = "Tasks reach S3 through its prefix list, by TCP 443."
  }
}

run "tasks_can_be_kept_off_the_internet" {
  command = plan

  variables {
    allow_nat_egress = false
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.app_to_internet) == 0
    error_message = "allow_nat_egress = false must leave no way to the internet."
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
