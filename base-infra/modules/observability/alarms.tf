locals {
  name = "${var.project}-${var.environment}"

  target_group = { LoadBalancer = var.alb_arn_suffix, TargetGroup = var.target_group_arn_suffix }
  service      = { ClusterName = var.ecs_cluster_name, ServiceName = var.ecs_service_name }
  database     = { DBInstanceIdentifier = var.rds_instance_id }
  cache        = { CacheClusterId = var.redis_cluster_id }

  # Thresholds are in the unit of the metric: seconds, bytes, percent or a count. statistic "p99" is a percentile.
  alarms = {
    alb-latency     = { namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.target_group, statistic = "p99", comparison = ">", threshold = 2, period = 60, periods = 5, critical = false, missing = "notBreaching", runbook = "scaling-operations" }
    alb-4xx         = { namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_4XX_Count", dimensions = local.target_group, statistic = "Sum", comparison = ">", threshold = 100, period = 60, periods = 1, critical = false, missing = "notBreaching", runbook = "incident-response" }
    alb-5xx         = { namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.target_group, statistic = "Sum", comparison = ">", threshold = 10, period = 60, periods = 1, critical = true, missing = "notBreaching", runbook = "incident-response" }
    alb-unhealthy   = { namespace = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.target_group, statistic = "Maximum", comparison = ">", threshold = 0, period = 60, periods = 3, critical = true, missing = "notBreaching", runbook = "rollback" }
    ecs-cpu         = { namespace = "AWS/ECS", metric = "CPUUtilization", dimensions = local.service, statistic = "Average", comparison = ">", threshold = 80, period = 300, periods = 1, critical = false, missing = "missing", runbook = "scaling-operations" }
    ecs-memory      = { namespace = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.service, statistic = "Average", comparison = ">", threshold = 85, period = 300, periods = 1, critical = false, missing = "missing", runbook = "scaling-operations" }
    rds-cpu         = { namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database, statistic = "Average", comparison = ">", threshold = 80, period = 300, periods = 2, critical = false, missing = "missing", runbook = "database-operations" }
    rds-connections = { namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.database, statistic = "Maximum", comparison = ">", threshold = floor(0.8 * var.max_connections), period = 300, periods = 1, critical = true, missing = "missing", runbook = "database-operations" }
    rds-storage     = { namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database, statistic = "Minimum", comparison = "<", threshold = 5 * pow(1024, 3), period = 300, periods = 1, critical = true, missing = "missing", runbook = "database-operations" }
    redis-cpu       = { namespace = "AWS/ElastiCache", metric = "CPUUtilization", dimensions = local.cache, statistic = "Average", comparison = ">", threshold = 80, period = 300, periods = 1, critical = false, missing = "missing", runbook = "scaling-operations" }
    redis-memory    = { namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = local.cache, statistic = "Maximum", comparison = ">", threshold = 80, period = 300, periods = 1, critical = false, missing = "missing", runbook = "scaling-operations" }
  }

  comparisons = { ">" = "GreaterThanThreshold", "<" = "LessThanThreshold" }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = "${local.name}-alarm-${each.key}"
  alarm_description = "${each.value.metric} ${each.value.comparison} ${lookup(var.thresholds, each.key, each.value.threshold)} in ${var.environment}. Runbook: docs/runbooks/${each.value.runbook}.md"

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = local.comparisons[each.value.comparison]
  threshold           = lookup(var.thresholds, each.key, each.value.threshold)
  period              = each.value.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing

  alarm_actions = [each.value.critical ? var.sns_topic_arn : var.warning_sns_topic_arn]
  ok_actions    = [each.value.critical ? var.sns_topic_arn : var.warning_sns_topic_arn]

  tags = merge(var.tags, { Name = "${local.name}-alarm-${each.key}" })
}
