mock_provider "aws" {
  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      arn            = "arn:aws:cloudfront::000000000000:distribution/MOCK"
      hosted_zone_id = "Z2FDTNDATAQYW2"
    }
  }

  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:delivery-destination:mock" }
  }
}

variables {
  project            = "cloudplatform"
  environment        = "prod"
  api_name           = "api.example.com"
  origin_domain_name = "cloudplatform-prod-alb-1.us-east-1.elb.amazonaws.com"
  certificate_arn    = "arn:aws:acm:us-east-1:000000000000:certificate/mock"
  web_acl_arn        = "arn:aws:wafv2:us-east-1:000000000000:global/webacl/edge/mock"
}

run "the_way_is_encrypted_on_both_sides" {
  command = plan

  assert {
    condition = (
      aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" &&
      aws_cloudfront_distribution.this.viewer_certificate[0].acm_certificate_arn == var.certificate_arn &&
      aws_cloudfront_distribution.this.viewer_certificate[0].ssl_support_method == "sni-only" &&
      aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    )
    error_message = "Callers come by TLS 1.2 or newer, and plain HTTP is redirected."
  }

  assert {
    condition = jsonencode([for o in aws_cloudfront_distribution.this.origin : {
      domain    = o.domain_name
      policy    = one(o.custom_origin_config).origin_protocol_policy
      port      = one(o.custom_origin_config).https_port
      protocols = one(o.custom_origin_config).origin_ssl_protocols
      }]) == jsonencode([{
      domain    = "cloudplatform-prod-alb-1.us-east-1.elb.amazonaws.com"
      policy    = "https-only"
      port      = 443
      protocols = ["TLSv1.2"]
    }])
    error_message = "CloudFront reaches the load balancer by HTTPS with TLS 1.2 only."
  }
}

run "it_passes_everything_on_and_keeps_nothing" {
  command = plan

  assert {
    condition = (
      aws_cloudfront_distribution.this.default_cache_behavior[0].cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" &&
      aws_cloudfront_distribution.this.default_cache_behavior[0].origin_request_policy_id == "216adef6-5c7f-47e4-b989-5492eafa07d3" &&
      length(aws_cloudfront_distribution.this.default_cache_behavior[0].allowed_methods) == 7 &&
      length(aws_cloudfront_distribution.this.ordered_cache_behavior) == 0
    )
    error_message = "The API's answers are not for caching, and it needs every header and method."
  }
}

run "the_firewall_stands_in_front" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == var.web_acl_arn && jsonencode(aws_cloudfront_distribution.this.aliases) == jsonencode(["api.example.com"])
    error_message = "The distribution answers for the API's name, behind the web ACL."
  }

  assert {
    condition     = aws_cloudfront_distribution.this.price_class == "PriceClass_100" && !aws_cloudfront_distribution.this.is_ipv6_enabled && aws_cloudfront_distribution.this.tags.Name == "cloudplatform-prod-cdn"
    error_message = "It is the cheapest class, without IPv6, under the platform's name."
  }
}

run "access_is_not_logged_unasked" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_log_delivery.access) + length(aws_cloudwatch_log_delivery_source.access) + length(aws_cloudwatch_log_delivery_destination.access) == 0
    error_message = "Without a bucket there is nothing to deliver to."
  }
}

run "access_logs_go_to_the_bucket" {
  command = apply

  variables {
    log_bucket_arn = "arn:aws:s3:::cloudplatform-prod-cdn-logs-000000000000"
  }

  assert {
    condition = (
      aws_cloudwatch_log_delivery_source.access[0].resource_arn == aws_cloudfront_distribution.this.arn &&
      aws_cloudwatch_log_delivery_source.access[0].log_type == "ACCESS_LOGS" &&
      aws_cloudwatch_log_delivery_destination.access[0].delivery_destination_configuration[0].destination_resource_arn == var.log_bucket_arn &&
      aws_cloudwatch_log_delivery.access[0].delivery_source_name == aws_cloudwatch_log_delivery_source.access[0].name &&
      aws_cloudwatch_log_delivery.access[0].delivery_destination_arn == aws_cloudwatch_log_delivery_destination.access[0].arn
    )
    error_message = "Access logs of the distribution are not delivered to the bucket."
  }

  assert {
    condition     = output.zone_id == "Z2FDTNDATAQYW2" && output.domain_name == aws_cloudfront_distribution.this.domain_name && output.distribution_id == aws_cloudfront_distribution.this.id
    error_message = "What the API's record needs is not given out."
  }
}

# Guards against a web ACL that CloudFront refuses after minutes of applying.
run "a_regional_web_acl_is_refused" {
  command = plan

  variables {
    web_acl_arn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/entry/mock"
  }

  expect_failures = [var.web_acl_arn]
}

run "a_certificate_of_another_region_is_refused" {
  command = plan

  variables {
    certificate_arn = "arn:aws:acm:eu-west-1:000000000000:certificate/mock"
  }

  expect_failures = [var.certificate_arn]
}

run "an_origin_with_a_scheme_is_refused" {
  command = plan

  variables {
    origin_domain_name = "https://alb.example.net/"
  }

  expect_failures = [var.origin_domain_name]
}
