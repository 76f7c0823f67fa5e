resource "aws_cloudwatch_log_group" "execute_command" {
  count = var.enable_execute_command ? 1 : 0

  name              = "/ecs/${var.environment}/execute-command"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn

  tags = merge(var.tags, { Name = "${local.name}-logs-execute-command" })
}
