locals {
  name = "${var.project}-${var.environment}"
}

resource "aws_lb" "this" {
  # checkov:skip=CKV2_AWS_28:the web ACL and its association are another module, which the scanner does not follow
  name               = "${local.name}-alb"
  load_balancer_type = "application"
  internal           = false
  subnets            = var.subnet_ids
  security_groups    = var.security_group_ids

  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  enable_deletion_protection = var.deletion_protection

  # A firewall that cannot be reached lets nothing pass.
  enable_waf_fail_open = false

  access_logs {
    bucket  = var.access_log_bucket
    enabled = true
  }

  # TLS handshakes, also those that fail and never become a request. Their files lie beside the access logs.
  connection_logs {
    bucket  = var.access_log_bucket
    enabled = true
  }

  tags = merge(var.tags, { Name = "${local.name}-alb" })
}
