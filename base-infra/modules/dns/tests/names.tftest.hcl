mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:000000000000:certificate/mock"
      domain_validation_options = [{
        domain_name           = "*.dev.example.com"
        resource_record_name  = "_0123456789abcdef.dev.example.com."
        resource_record_type  = "CNAME"
        resource_record_value = "_fedcba9876543210.acm-validations.aws."
      }]
    }
  }

  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:us-east-1:000000000000:certificate/mock" }
  }
}

variables {
  project     = "cloudplatform"
  environment = "dev"
  domain_name = "example.com"
  alias       = { dns_name = "alb.example.net", zone_id = "Z1" }
}

# Guards against one wildcard for all: it covers a single label.
run "each_environment_has_a_certificate_of_its_own" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == "*.dev.example.com" && aws_acm_certificate.this.validation_method == "DNS" && output.api_name == "api.dev.example.com"
    error_message = "dev's names live under dev.<domain>."
  }

  assert {
    condition     = length(aws_route53_record.api) == 0 && length(aws_acm_certificate_validation.this) == 0
    error_message = "Without a zone no record is made."
  }
}

run "staging_has_names_of_its_own" {
  command = plan

  variables {
    environment = "staging"
  }

  assert {
    condition     = aws_acm_certificate.this.domain_name == "*.staging.example.com" && output.api_name == "api.staging.example.com"
    error_message = "staging's names live under staging.<domain>."
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

# Guards against a record name that someone made up: ACM says which record it wants to see.
run "the_certificate_is_proven_by_the_record_that_acm_asks_for" {
  command = apply

  variables {
    hosted_zone_id = "Z0000000000000"
  }

  assert {
    condition = (
      aws_route53_record.validation[0].zone_id == "Z0000000000000" &&
      aws_route53_record.validation[0].name == "_0123456789abcdef.dev.example.com." &&
      aws_route53_record.validation[0].type == "CNAME" &&
      jsonencode(aws_route53_record.validation[0].records) == jsonencode(["_fedcba9876543210.acm-validations.aws."])
    )
    error_message = "The validation record is not what the certificate names."
  }

  assert {
    condition     = aws_acm_certificate_validation.this[0].certificate_arn == aws_acm_certificate.this.arn && output.certificate_arn == aws_acm_certificate.this.arn
    error_message = "The certificate is given out before it is valid."
  }
}

run "the_api_points_at_the_entry" {
  command = plan

  variables {
    hosted_zone_id = "Z0000000000000"
  }

  assert {
    condition = (
      aws_route53_record.api[0].name == "api.dev.example.com" && aws_route53_record.api[0].type == "A" &&
      jsonencode(aws_route53_record.api[0].alias[0]) == jsonencode({ evaluate_target_health = true, name = "alb.example.net", zone_id = "Z1" })
    )
    error_message = "api.<environment domain> is an alias of the load balancer."
  }

  assert {
    condition     = length(aws_route53_record.api[0].failover_routing_policy) == 0 && aws_route53_record.api[0].health_check_id == null
    error_message = "There is nothing to fail over to."
  }
}

run "the_api_can_point_at_cloudfront" {
  command = plan

  variables {
    hosted_zone_id = "Z0000000000000"
    alias          = { dns_name = "d111111abcdef8.cloudfront.net", zone_id = "Z2FDTNDATAQYW2", evaluate_target_health = false }
  }

  assert {
    condition     = aws_route53_record.api[0].alias[0].evaluate_target_health == false
    error_message = "Route 53 refuses to evaluate CloudFront's health."
  }
}

run "nobody_asks_from_outside_by_default" {
  command = plan

  assert {
    condition     = length(aws_route53_health_check.api) == 0 && output.health_check_id == null
    error_message = "The health check costs money: it is made where it is asked for."
  }
}

run "the_health_check_sees_what_a_caller_sees" {
  command = apply

  variables {
    environment         = "prod"
    enable_health_check = true
  }

  assert {
    condition = (
      aws_route53_health_check.api[0].type == "HTTPS" && aws_route53_health_check.api[0].port == 443 &&
      aws_route53_health_check.api[0].fqdn == "api.example.com" && aws_route53_health_check.api[0].resource_path == "/health" &&
      output.health_check_id == aws_route53_health_check.api[0].id
    )
    error_message = "The health check asks https://api.<domain>/health."
  }
}

run "a_trailing_dot_is_refused" {
  command = plan

  variables {
    domain_name = "example.com."
  }

  expect_failures = [var.domain_name]
}
