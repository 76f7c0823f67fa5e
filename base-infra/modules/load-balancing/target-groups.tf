# From the load balancer to a task the traffic is plain HTTP inside the VPC: ADR-005 says why that hop is accepted.
resource "aws_lb_target_group" "app" {
  name        = "${local.name}-tg-app"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = var.app_port

  # As long as a task may take to finish its requests (stopTimeout in ecs-service).
  deregistration_delay = 30

  # A task keeps nothing between requests, so any task may answer any of them.
  stickiness {
    type    = "lb_cookie"
    enabled = false
  }

  health_check {
    path                = var.health_check_path
    matcher             = "200"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  tags = merge(var.tags, { Name = "${local.name}-tg-app" })
}
