locals {
  name = "${var.project}-${var.environment}"

  # What metrics hang on. Those of the cache are one for each member: after a failover the primary is another one.
  sources = {
    target   = { namespace = "AWS/ApplicationELB", dimensions = { LoadBalancer = var.alb_arn_suffix, TargetGroup = var.target_group_arn_suffix } }
    service  = { namespace = "AWS/ECS", dimensions = local.service }
    tasks    = { namespace = "ECS/ContainerInsights", dimensions = local.service }
    database = { namespace = "AWS/RDS", dimensions = { DBInstanceIdentifier = var.rds_instance_id } }
    log      = { namespace = local.log_namespace, dimensions = {} }
    outside  = { namespace = "AWS/Route53", dimensions = { HealthCheckId = var.health_check.id } }
  }
  service       = { ClusterName = var.ecs_cluster_name, ServiceName = var.ecs_service_name }
  cache_members = [for number in range(1, var.replica_count + 2) : format("%s-%03d", trimsuffix(var.redis_cluster_id, "-001"), number)]

  mebibyte = pow(1024, 2)
  gibibyte = pow(1024, 3)

  # Every threshold is in the unit of its metric: seconds, bytes, percent or a count. "p99" is a percentile. A row rings
  # after periods x period seconds. Critical wakes somebody; a warning waits for the morning.
  #
  # missing: notBreaching where silence is normal: no requests, no errors, or asleep (a stopped database has no metrics,
  #          and no morning begins with a dozen OKs). breaching where silence is the failure: without a task ECS counts
  #          none. missing for the cache, which never sleeps: its alarms turn grey and ring nobody.
  table = {
    alb-latency = {
      on    = "target", metric = "TargetResponseTime", statistic = "p99", is = ">", threshold = 2, period = 60, periods = 5, missing = "notBreaching"
      means = "One request in a hundred takes too long.", severity = "warning", runbook = "scaling-operations"
    }
    alb-4xx = {
      on    = "target", metric = "HTTPCode_Target_4XX_Count", statistic = "Sum", is = ">", threshold = 100, period = 60, periods = 1, missing = "notBreaching"
      means = "Many requests are refused: a broken client, a broken release, or somebody who tries doors.", severity = "warning", runbook = "incident-response"
    }
    alb-5xx = {
      on    = "target", metric = "HTTPCode_Target_5XX_Count", statistic = "Sum", is = ">", threshold = 10, period = 60, periods = 1, missing = "notBreaching"
      means = "Users see errors of the application.", severity = "critical", runbook = "incident-response"
    }
    alb-unhealthy = {
      on    = "target", metric = "UnHealthyHostCount", statistic = "Maximum", is = ">", threshold = 0, period = 60, periods = 3, missing = "notBreaching"
      means = "A task runs but fails the load balancer's health check.", severity = "critical", runbook = "rollback"
    }
    # Against what the service wants at that moment: autoscaling and the night's sleep move it.
    alb-healthy = {
      expression = "desired - FILL(healthy, 0)", is = ">", threshold = 0, period = 60, periods = 5, missing = "notBreaching"
      inputs = {
        desired = { on = "tasks", metric = "DesiredTaskCount", statistic = "Maximum" }
        healthy = { on = "target", metric = "HealthyHostCount", statistic = "Minimum" }
      }
      means = "Fewer tasks pass the load balancer's health check than the service wants.", severity = "warning", runbook = "incident-response"
    }
    ecs-cpu = {
      on    = "service", metric = "CPUUtilization", statistic = "Average", is = ">", threshold = 80, period = 300, periods = 1, missing = "notBreaching"
      means = "The tasks are short of CPU, and autoscaling has not caught up.", severity = "warning", runbook = "scaling-operations"
    }
    ecs-memory = {
      on    = "service", metric = "MemoryUtilization", statistic = "Average", is = ">", threshold = 85, period = 300, periods = 1, missing = "notBreaching"
      means = "The tasks are short of memory; at 100 % they are killed.", severity = "warning", runbook = "scaling-operations"
    }
    ecs-tasks = {
      on    = "tasks", metric = "RunningTaskCount", statistic = "Minimum", is = "<", threshold = var.min_count, period = 60, periods = 5, missing = "breaching"
      means = "Fewer tasks run than the least allowed, perhaps none: tasks stop, or none can be started.", severity = "critical", runbook = "rollback"
    }
    rds-cpu = {
      on    = "database", metric = "CPUUtilization", statistic = "Average", is = ">", threshold = 80, period = 300, periods = 2, missing = "notBreaching"
      means = "The database is short of CPU: usually a query without an index, or too many at once.", severity = "warning", runbook = "database-operations"
    }
    rds-connections = {
      on    = "database", metric = "DatabaseConnections", statistic = "Maximum", is = ">", threshold = floor(0.8 * var.max_connections), period = 300, periods = 1, missing = "notBreaching"
      means = "Connections run out: at the limit the database refuses every new one.", severity = "critical", runbook = "database-operations"
    }
    rds-storage = {
      on    = "database", metric = "FreeStorageSpace", statistic = "Minimum", is = "<", threshold = 5 * local.gibibyte, period = 300, periods = 1, missing = "notBreaching"
      means = "The database's disk is nearly full: without space it stops taking writes.", severity = "critical", runbook = "database-operations"
    }
    rds-read-latency = {
      on    = "database", metric = "ReadLatency", statistic = "Average", is = ">", threshold = 0.02, period = 300, periods = 2, missing = "notBreaching"
      means = "Reads from the database's disk are slow.", severity = "warning", runbook = "database-operations"
    }
    rds-write-latency = {
      on    = "database", metric = "WriteLatency", statistic = "Average", is = ">", threshold = 0.02, period = 300, periods = 2, missing = "notBreaching"
      means = "Writes to the database's disk are slow.", severity = "warning", runbook = "database-operations"
    }
    # 500 MiB would never be free on the smallest class.
    rds-memory = {
      on    = "database", metric = "FreeableMemory", statistic = "Minimum", is = "<", threshold = min(500 * local.mebibyte, floor(0.15 * var.database_memory_bytes)), period = 300, periods = 2, missing = "notBreaching"
      means = "The database is short of memory, and soon reads from disk what it had cached.", severity = "warning", runbook = "database-operations"
    }
    redis-cpu = {
      on    = "cache", metric = "CPUUtilization", statistic = "Average", is = ">", threshold = 80, period = 300, periods = 1, missing = "missing"
      means = "The cache is short of CPU.", severity = "warning", runbook = "scaling-operations"
    }
    redis-memory = {
      on    = "cache", metric = "DatabaseMemoryUsagePercentage", statistic = "Maximum", is = ">", threshold = 80, period = 300, periods = 1, missing = "missing"
      means = "The cache is nearly full, and soon throws out what is still wanted.", severity = "warning", runbook = "scaling-operations"
    }
    redis-connections = {
      on    = "cache", metric = "CurrConnections", statistic = "Maximum", is = ">", threshold = 1000, period = 300, periods = 1, missing = "missing"
      means = "Far more clients hold the cache than there are tasks: something does not give connections back.", severity = "warning", runbook = "scaling-operations"
    }
    # Counted from hits and misses, because AWS writes of CacheHitRate now as a percentage and now as a fraction; and a
    # cache that hardly anybody asks, at night or just started, says nothing.
    redis-hits = {
      expression = "IF(hits + misses < 100, 100, 100 * hits / (hits + misses))", is = "<", threshold = 80, period = 300, periods = 3, missing = "missing"
      inputs = {
        hits   = { on = "cache", metric = "CacheHits", statistic = "Sum" }
        misses = { on = "cache", metric = "CacheMisses", statistic = "Sum" }
      }
      on    = "cache"
      means = "The cache answers too few questions, and the database answers the rest.", severity = "warning", runbook = "scaling-operations"
    }
    # Only a replica reports it, and after a failover that is another member.
    redis-lag = {
      on    = "cache", metric = "ReplicationLag", statistic = "Maximum", is = ">", threshold = 1, period = 60, periods = 5, missing = "notBreaching"
      means = "The cache's replica is behind: a failover now would lose writes.", severity = "warning", runbook = "scaling-operations"
    }
    # Only where Route 53 asks from outside. It answers 1 or 0, and its metrics live in us-east-1 whatever the region.
    api-unreachable = {
      on    = "outside", metric = "HealthCheckStatus", statistic = "Minimum", is = "<", threshold = 1, period = 60, periods = 3, missing = "breaching"
      means = "The public name does not answer callers outside AWS.", severity = "critical", runbook = "incident-response"
    }
    app-errors = {
      on    = "log", metric = "ErrorCount", statistic = "Sum", is = ">", threshold = 10, period = 60, periods = 1, missing = "notBreaching"
      means = "The application logs many errors.", severity = "critical", runbook = "incident-response"
    }
  }

  # The cache's rows once for each member: the first under the row's own name, redis-cpu-002 and so on for replicas.
  alarms = merge(
    { for name, row in local.table : name => merge(row, { row = name, sources = local.sources }) if !contains(var.health_check.enabled ? ["cache"] : ["cache", "outside"], try(row.on, "")) },
    [for index, member in local.cache_members : {
      for name, row in local.table : index == 0 ? name : format("%s-%03d", name, index + 1) => merge(row, {
        row     = name
        sources = { cache = { namespace = "AWS/ElastiCache", dimensions = { CacheClusterId = member } } }
      }) if try(row.on, "") == "cache" && (name != "redis-lag" || var.replica_count > 0)
    }]...
  )

  thresholds  = { for name, row in local.table : name => lookup(var.thresholds, name, row.threshold) }
  comparisons = { ">" = "GreaterThanThreshold", "<" = "LessThanThreshold" }
  topics      = { critical = var.sns_topic_arn, warning = var.warning_sns_topic_arn }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name = "${local.name}-alarm-${each.key}"
  alarm_description = join(" ", [
    each.value.means,
    "Rings when ${try("${each.value.metric} (${each.value.statistic})", each.value.expression)} ${each.value.is} ${local.thresholds[each.value.row]} for ${each.value.periods * each.value.period / 60} min in ${var.environment}.",
    "Runbook: docs/runbooks/${each.value.runbook}.md",
  ])

  namespace           = can(each.value.expression) ? null : each.value.sources[each.value.on].namespace
  metric_name         = try(each.value.metric, null)
  dimensions          = can(each.value.expression) ? null : each.value.sources[each.value.on].dimensions
  statistic           = startswith(try(each.value.statistic, "p"), "p") ? null : each.value.statistic
  extended_statistic  = startswith(try(each.value.statistic, ""), "p") ? each.value.statistic : null
  period              = can(each.value.expression) ? null : each.value.period
  comparison_operator = local.comparisons[each.value.is]
  threshold           = local.thresholds[each.value.row]
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing

  dynamic "metric_query" {
    for_each = can(each.value.expression) ? [each.value.expression] : []

    content {
      id          = "result"
      label       = each.value.row
      expression  = metric_query.value
      return_data = true
    }
  }

  dynamic "metric_query" {
    for_each = try(each.value.inputs, {})

    content {
      id = metric_query.key

      metric {
        namespace   = each.value.sources[metric_query.value.on].namespace
        metric_name = metric_query.value.metric
        dimensions  = each.value.sources[metric_query.value.on].dimensions
        stat        = metric_query.value.statistic
        period      = each.value.period
      }
    }
  }

  alarm_actions = [local.topics[each.value.severity]]
  ok_actions    = [local.topics[each.value.severity]]

  tags = merge(var.tags, { Name = "${local.name}-alarm-${each.key}" })

  # While an environment sleeps its alarms have no actions: the scheduler takes and gives them back.
  lifecycle {
    ignore_changes = [actions_enabled]
  }
}
