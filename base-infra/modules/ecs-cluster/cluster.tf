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

  # Who opens a shell in a task leaves what was typed and shown, under our key. The block stays when sessions are off:
  # the provider does not take it back from a cluster that once had it.
  configuration {
    execute_command_configuration {
      kms_key_id = var.kms_key_arn
      logging    = var.enable_execute_command ? "OVERRIDE" : "DEFAULT"

      dynamic "log_configuration" {
        for_each = aws_cloudwatch_log_group.execute_command

        content {
          cloud_watch_encryption_enabled = true
          cloud_watch_log_group_name     = log_configuration.value.name
        }
      }
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-ecs-cluster" })
}
