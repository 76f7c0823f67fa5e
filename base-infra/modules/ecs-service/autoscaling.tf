locals {
  # What auto scaling aims at, as an average over the tasks. It adds tasks for any of them, and takes some away only when
  # all of them allow it.
  scaling_goals = {
    cpu      = { metric = "ECSServiceAverageCPUUtilization", target = var.target_cpu_percent, label = null }
    memory   = { metric = "ECSServiceAverageMemoryUtilization", target = var.target_memory_percent, label = null }
    requests = { metric = "ALBRequestCountPerTarget", target = var.requests_per_target, label = var.request_count_label }
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this.name}"
  min_capacity       = var.min_count
  max_capacity       = var.max_count

  tags = merge(var.tags, { Name = "${local.name}-scaling-${var.service_name}" })

  # Asleep, an environment has bounds of zero; the scheduler puts them back when it wakes.
  lifecycle {
    ignore_changes = [min_capacity, max_capacity]

    # A service that is replaced takes its scaling with it, although its name stays.
    replace_triggered_by = [aws_ecs_service.this.id]
  }
}

resource "aws_appautoscaling_policy" "this" {
  for_each = { for name, goal in local.scaling_goals : name => goal if goal.target != null }

  name               = "${local.name}-scaling-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.target
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.label
    }
  }

  lifecycle {
    replace_triggered_by = [aws_appautoscaling_target.this.id]
  }
}
