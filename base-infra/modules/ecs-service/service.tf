locals {
  name      = "${var.project}-${var.environment}"
  full_name = "${local.name}-service-${var.service_name}"

  # A service names either a launch type or a strategy. With the type, the cluster's own strategy does not apply to it.
  capacity_shares = var.spot_weight == 0 ? {} : { FARGATE = 100 - var.spot_weight, FARGATE_SPOT = var.spot_weight }
}

resource "aws_ecs_service" "this" {
  name                               = local.full_name
  cluster                            = var.cluster_arn
  task_definition                    = coalesce(var.task_definition_arn, aws_ecs_task_definition.this.arn)
  launch_type                        = var.spot_weight == 0 ? "FARGATE" : null
  desired_count                      = var.desired_count
  deployment_minimum_healthy_percent = var.deployment_minimum_healthy_percent
  deployment_maximum_percent         = var.deployment_maximum_percent
  health_check_grace_period_seconds  = var.health_check_grace_period
  availability_zone_rebalancing      = "ENABLED"
  enable_ecs_managed_tags            = true
  enable_execute_command             = var.enable_execute_command
  propagate_tags                     = "SERVICE"

  # Other shares are taken over by a new deployment; without it, the provider would replace the service.
  force_new_deployment = var.spot_weight > 0

  # Tasks are replaced a few at a time, never all at once.
  deployment_controller {
    type = "ECS"
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # The circuit breaker sees tasks that do not start; these alarms see tasks that start and answer badly.
  dynamic "alarms" {
    for_each = length(var.rollback_alarm_names) > 0 ? [var.rollback_alarm_names] : []

    content {
      alarm_names = alarms.value
      enable      = true
      rollback    = true
    }
  }

  dynamic "capacity_provider_strategy" {
    for_each = local.capacity_shares

    content {
      capacity_provider = capacity_provider_strategy.key
      weight            = capacity_provider_strategy.value
    }
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

  tags = merge(var.tags, { Name = local.full_name })

  # Auto scaling and the night schedule own the count.
  lifecycle {
    ignore_changes = [desired_count]
  }
}
