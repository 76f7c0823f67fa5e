locals {
  # Without a name, listeners made through the API still get a policy of 2016 that accepts TLS 1.0.
  tls_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = local.tls_policy

  # These headers replace what the application sends under the same name. A content security policy is not among them:
  # only the application knows what each of its pages loads. Nor is anything for other origins: none is let in.
  routing_http_response_server_enabled                         = false
  routing_http_response_strict_transport_security_header_value = "max-age=${var.hsts_max_age_seconds}; includeSubDomains"
  routing_http_response_x_content_type_options_header_value    = "nosniff"
  routing_http_response_x_frame_options_header_value           = "DENY"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }

  tags = merge(var.tags, { Name = "${local.name}-listener-https" })
}

# Plain HTTP never reaches a target: this listener has no other action, and no rules.
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  routing_http_response_server_enabled = false

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-listener-http" })
}
