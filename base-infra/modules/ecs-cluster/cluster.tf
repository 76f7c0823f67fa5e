locals {
  name = "${var.project}-${var.environment}"
}

resource "aws_ecs_cluster" "this" {
  name = "${local.name}-ecs-cluster"

  # RunningTaskCount, which an alarm watches, exists only in the Container Insights namespace.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }

  tags = merge(var.tags, { Name = "${local.name}-ecs-cluster" })
}
