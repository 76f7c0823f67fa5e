locals {
  name = "${var.project}-${var.environment}"
}

resource "aws_ecs_service" "this" {
  name                               = "${local.name}-service-${var.service_name}"
  cluster                            = var.cluster_arn
  task_definition                    = coalesce(var.task_definition_arn, aws_ecs_task_definition.this.arn)
  launch_type                        = "FARGATE"
  desired_count                      = var.desired_count
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  deployment_maximum_percent         = var.deployment_maximum_percent
  health_check_grace_period_seconds  = var.health_check_grace_period
  availability_zone_rebalancing      = "ENABLED"
  propagate_tags                     = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = var.security_group_ids
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = var.target_group_arn
    container_name   = var.container_name
    container_port   = var.container_port
  }

  tags = merge(var.tags, { Name = "${local.name}-service-${var.service_name}" })

  # Auto scaling and the night schedule own the count.
  lifecycle {
    ignore_changes = [desired_count]
  }
}
