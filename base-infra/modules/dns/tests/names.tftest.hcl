mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:000000000000:certificate/mock"
    }
  }
}

variables {
  project       = "cloudplatform"
  environment   = "dev"
  domain_name   = "example.com"
  load_balancer = { dns_name = "alb.example.net", zone_id = "Z1" }
}

# Guards against one wildcard for all: it covers a single label.
run "each_environment_has_a_certificate_of_its_own" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == "*.dev.example.com" && output.api_name == "api.dev.example.com"
    error_message = "dev's names live under dev.<domain>."
  }

  assert {
    condition     = length(aws_route53_record.api) == 0 && length(aws_acm_certificate_validation.this) == 0
    error_message = "Without a zone no record is made."
  }
}

run "prod_lives_at_the_top" {
  command = plan

  variables {
    environment = "prod"
  }

  assert {
    condition     = aws_acm_certificate.this.domain_name == "*.example.com" && output.api_name == "api.example.com"
    error_message = "prod's names live directly under the domain."
  }
}

run "a_trailing_dot_is_refused" {
  command = plan

  variables {
    domain_name = "example.com."
  }

  expect_failures = [var.domain_name]
}
