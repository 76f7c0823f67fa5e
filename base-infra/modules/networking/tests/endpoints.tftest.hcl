# What can be reached without the internet, by whom, and what can be called there.
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

run "eight_services_are_reached_inside_the_vpc" {
  command = apply

  assert {
    condition = jsonencode(sort([for e in aws_vpc_endpoint.interface : e.service_name])) == jsonencode([
      "com.amazonaws.us-east-1.ecr.api", "com.amazonaws.us-east-1.ecr.dkr", "com.amazonaws.us-east-1.kms",
      "com.amazonaws.us-east-1.logs", "com.amazonaws.us-east-1.secretsmanager", "com.amazonaws.us-east-1.ssm",
      "com.amazonaws.us-east-1.sts",
    ])
    error_message = "The interface endpoints are not the seven of the plan."
  }

  assert {
    condition = alltrue([
      for e in aws_vpc_endpoint.interface : e.private_dns_enabled && e.vpc_endpoint_type == "Interface" &&
      jsonencode(e.security_group_ids) == jsonencode([aws_security_group.this["endpoint"].id])
    ])
    error_message = "Services are reached by their usual names, through the endpoints' own group."
  }

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.service_name == "com.amazonaws.us-east-1.s3"
    error_message = "S3 is reached by a gateway endpoint."
  }

  assert {
    condition     = alltrue([for e in aws_vpc_endpoint.interface : jsonencode(e.subnet_ids) == jsonencode([aws_subnet.private["a"].id])])
    error_message = "Endpoints have an address in one zone unless more are paid for."
  }
}

run "prod_has_endpoints_in_every_zone" {
  command = apply

  variables {
    environment              = "prod"
    interface_endpoint_zones = 3
  }

  assert {
    condition     = alltrue([for e in aws_vpc_endpoint.interface : jsonencode(sort(e.subnet_ids)) == jsonencode(sort([for s in aws_subnet.private : s.id]))])
    error_message = "An endpoint is missing in a zone."
  }
}

# Guards against an endpoint through which credentials of another account carry data out.
run "only_our_own_principals_pass" {
  command = plan

  assert {
    condition = jsonencode({ for service, e in aws_vpc_endpoint.interface : service => jsondecode(e.policy).Statement }) == jsonencode({
      for service, actions in {
        "ecr.api"        = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
        "ecr.dkr"        = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        "kms"            = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
        "logs"           = ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        "secretsmanager" = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        "ssm"            = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]
        "sts"            = ["sts:AssumeRole", "sts:GetCallerIdentity"]
        } : service => [{
          Sid       = "OwnPrincipals"
          Effect    = "Allow"
          Principal = "*"
          Action    = actions
          Resource  = "*"
          Condition = { StringEquals = { "aws:PrincipalAccount" = "000000000000" } }
      }]
    })
    error_message = "An interface endpoint lets through someone, or something, that it should not."
  }

  assert {
    condition = jsonencode(jsondecode(aws_vpc_endpoint.s3.policy).Statement) == jsonencode([
      {
        Sid       = "OwnPrincipalsOwnBuckets"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalAccount" = "000000000000", "aws:ResourceAccount" = "000000000000" } }
      },
      {
        Sid       = "ImageLayers"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"
      },
    ])
    error_message = "Through the S3 endpoint go our own buckets and the layers of images."
  }
}

run "a_shell_in_a_task_needs_one_endpoint_more" {
  command = plan

  variables {
    enable_execute_command = true
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 8 && strcontains(aws_vpc_endpoint.interface["ssmmessages"].policy, "ssmmessages:OpenDataChannel")
    error_message = "enable_execute_command adds ssmmessages."
  }
}

run "a_service_without_a_list_of_calls_is_refused" {
  command = plan

  variables {
    interface_endpoints = ["ecr.api", "ec2"]
  }

  expect_failures = [var.interface_endpoints]
}
