# What the root refuses before anything is made.
mock_provider "aws" {}

variables {
  environment         = "dev"
  owner               = "ops"
  account_id          = "000000000000"
  domain_name         = "example.com"
  hosted_zone_id      = "Z0000000000000"
  log_retention_days  = 30
  deletion_protection = false
  service_image       = "service@sha256:0000000000000000000000000000000000000000000000000000000000000000"

  network = {
    vpc_cidr             = "10.0.0.0/16"
    availability_zones   = ["us-east-1a", "us-east-1b", "us-east-1c"]
    public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
    private_subnet_cidrs = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]
    data_subnet_cidrs    = ["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"]
  }

  service  = { cpu = 256, memory = 512, desired_count = 1, min_count = 1, max_count = 2 }
  database = { instance_class = "db.t4g.micro", allocated_storage = 20, backup_retention_period = 7 }
  cache    = { node_type = "cache.t4g.micro" }
}

# Guards against an apply that fails halfway: AWS gives a listener no certificate that was never validated.
run "aws_needs_a_hosted_zone" {
  command = plan

  variables {
    hosted_zone_id = null
  }

  expect_failures = [var.hosted_zone_id]
}

run "prod_cannot_go_unprotected" {
  command = plan

  # Everything else is as prod wants it.
  variables {
    environment = "prod"
    service     = { cpu = 1024, memory = 2048, desired_count = 3, min_count = 3, max_count = 9, minimum_healthy_percent = 100 }
    database    = { instance_class = "db.t4g.medium", allocated_storage = 100, max_allocated_storage = 500, multi_az = true, backup_retention_period = 30 }
  }

  expect_failures = [var.deletion_protection]
}

run "a_project_that_makes_names_too_long_is_refused" {
  command = plan

  variables {
    project = "aprojectoftwentychrs"
  }

  expect_failures = [var.project]
}

run "cloudfront_needs_the_list_of_its_addresses" {
  command = plan

  variables {
    cloudfront = { enabled = true }
  }

  expect_failures = [var.cloudfront]
}

run "an_account_by_name_is_refused" {
  command = plan

  variables {
    account_id = "production"
  }

  expect_failures = [var.account_id]
}

# Guards against a parameter that the fleet reads and nobody writes any more.
run "the_fleet_finds_its_parameters" {
  command = plan

  assert {
    condition = length(setsubtract([
      "/opsplane/dev/base/vpc-id", "/opsplane/dev/base/alb-security-group-id", "/opsplane/dev/base/ecs-cluster-name",
      "/opsplane/dev/base/ecs-service-name", "/opsplane/dev/base/database-id", "/opsplane/dev/base/cache-id",
    ], [for p in aws_ssm_parameter.base : p.name])) == 0
    error_message = "A parameter is missing under /opsplane/<environment>/base/."
  }
}
