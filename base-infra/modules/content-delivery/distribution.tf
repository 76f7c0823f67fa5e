# CloudFront in front of the load balancer: TLS ends near the caller, and the firewall and Shield stand there too. It
# caches nothing, since the API answers each caller something else.
locals {
  name      = "${var.project}-${var.environment}"
  origin_id = "load-balancer"

  # AWS makes these policies, under ids that are the same in every account.
  managed_policies = {
    caching_disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    all_viewer       = "216adef6-5c7f-47e4-b989-5492eafa07d3"
  }
}

resource "aws_cloudfront_distribution" "this" {
  # checkov:skip=CKV_AWS_86:access logs go by the newer log delivery (access-logs.tf), where a bucket is given
  # checkov:skip=CKV_AWS_374:countries are blocked by the web ACL, in one place for both ways in
  # checkov:skip=CKV_AWS_310:there is one load balancer to go to, over three zones
  # checkov:skip=CKV_AWS_305:an API has no page at its root to be guessed
  # checkov:skip=CKV2_AWS_47:the web ACL is another module, with that rule group always in it
  # checkov:skip=CKV2_AWS_32:the application and the load balancer set the headers, also for callers that do not come this way
  comment      = "Entry of ${local.name}"
  enabled      = true
  aliases      = [var.api_name]
  http_version = "http2and3"
  price_class  = var.price_class
  web_acl_id   = var.web_acl_arn

  # The zone holds an A record only; with IPv6 on, it would need an AAAA record as well.
  is_ipv6_enabled = false

  origin {
    origin_id   = local.origin_id
    domain_name = var.origin_domain_name

    # The host that the caller named is passed on, so the load balancer's certificate for it is the right one.
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 30
    }
  }

  default_cache_behavior {
    target_origin_id         = local.origin_id
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.managed_policies["caching_disabled"]
    origin_request_policy_id = local.managed_policies["all_viewer"]
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  # Countries are blocked by the firewall, which can also count instead.
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-cdn" })
}
