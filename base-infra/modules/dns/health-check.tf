# What a caller outside AWS sees. It asks the path that the load balancer asks too: that path answers 200 as long as the
# process can serve, so a cache that is away does not read as an outage.
resource "aws_route53_health_check" "api" {
  count = var.enable_health_check ? 1 : 0

  type              = "HTTPS"
  fqdn              = local.api_name
  port              = 443
  resource_path     = "/health"
  request_interval  = 30
  failure_threshold = 3
  enable_sni        = true

  tags = merge(var.tags, { Name = "${local.name}-health-check-api" })
}
