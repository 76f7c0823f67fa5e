locals {
  # A metric in a widget is [namespace, name, dimension, value, ..., options].
  on_target   = ["LoadBalancer", var.alb_arn_suffix, "TargetGroup", var.target_group_arn_suffix]
  on_balancer = ["LoadBalancer", var.alb_arn_suffix]
  on_service  = ["ClusterName", var.ecs_cluster_name, "ServiceName", var.ecs_service_name]
  on_database = ["DBInstanceIdentifier", var.rds_instance_id]

  storage_gibibytes = local.thresholds["rds-storage"] / local.gibibyte

  # Four rows of three; y is the row, x the place in it. A line in a graph is the alarm's threshold.
  widget_rows = [
    [
      {
        title = "Request rate", view = "timeSeries", stacked = true, stat = "Sum", period = 60
        metrics = [
          concat(["AWS/ApplicationELB", "RequestCount"], local.on_target, [{ id = "requests", visible = false }]),
          concat(["AWS/ApplicationELB", "HTTPCode_Target_2XX_Count"], local.on_target, [{ id = "good", label = "answered 2xx" }]),
          [{ id = "other", expression = "requests - FILL(good, 0)", label = "all others" }],
        ]
      },
      {
        title = "Latency (p50, p99)", view = "timeSeries", period = 60
        metrics = [
          concat(["AWS/ApplicationELB", "TargetResponseTime"], local.on_target, [{ stat = "p50", label = "p50" }]),
          concat(["AWS/ApplicationELB", "TargetResponseTime"], local.on_target, [{ stat = "p99", label = "p99" }]),
        ]
        yAxis       = { left = { min = 0, label = "seconds", showUnits = false } }
        annotations = { horizontal = [{ label = "alarm p99", value = local.thresholds["alb-latency"] }] }
      },
      {
        title = "Error rate (5xx)", view = "timeSeries", stat = "Sum", period = 60
        metrics = [
          concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.on_target, [{ label = "by the application" }]),
          concat(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"], local.on_balancer, [{ label = "by the load balancer" }]),
        ]
        yAxis       = { left = { min = 0 } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["alb-5xx"] }] }
      },
    ],
    [
      {
        title = "ECS CPU utilization", view = "timeSeries", period = 60
        metrics = [
          concat(["AWS/ECS", "CPUUtilization"], local.on_service, [{ stat = "Average", label = "average" }]),
          concat(["AWS/ECS", "CPUUtilization"], local.on_service, [{ stat = "Maximum", label = "maximum" }]),
        ]
        yAxis       = { left = { min = 0, max = 100 } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["ecs-cpu"] }] }
      },
      {
        title = "ECS memory usage", view = "timeSeries", period = 60
        metrics = [
          concat(["AWS/ECS", "MemoryUtilization"], local.on_service, [{ stat = "Average", label = "average" }]),
          concat(["AWS/ECS", "MemoryUtilization"], local.on_service, [{ stat = "Maximum", label = "maximum" }]),
        ]
        yAxis       = { left = { min = 0, max = 100 } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["ecs-memory"] }] }
      },
      {
        title = "Running tasks", view = "singleValue", stat = "Minimum", period = 60
        metrics = [
          concat(["ECS/ContainerInsights", "RunningTaskCount"], local.on_service, [{ label = "running" }]),
          concat(["ECS/ContainerInsights", "DesiredTaskCount"], local.on_service, [{ label = "wanted" }]),
        ]
      },
    ],
    [
      {
        title       = "RDS connections", view = "timeSeries", stat = "Maximum", period = 60
        metrics     = [concat(["AWS/RDS", "DatabaseConnections"], local.on_database, [{ label = "connections" }])]
        yAxis       = { left = { min = 0, max = var.max_connections } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["rds-connections"] }] }
      },
      {
        title       = "RDS CPU utilization", view = "timeSeries", stat = "Average", period = 60
        metrics     = [concat(["AWS/RDS", "CPUUtilization"], local.on_database, [{ label = "average" }])]
        yAxis       = { left = { min = 0, max = 100 } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["rds-cpu"] }] }
      },
      # The gauge is full at four times the alarm's threshold: more free space than that needs nobody's attention.
      {
        title = "RDS free storage", view = "gauge", stat = "Minimum", period = 300
        metrics = [
          concat(["AWS/RDS", "FreeStorageSpace"], local.on_database, [{ id = "free", visible = false }]),
          [{ id = "gibibytes", expression = "free / ${local.gibibyte}", label = "GiB free" }],
        ]
        yAxis       = { left = { min = 0, max = 4 * local.storage_gibibytes } }
        annotations = { horizontal = [{ label = "alarm", value = local.storage_gibibytes, fill = "below", color = "#d62728" }] }
      },
    ],
    [
      {
        title = "Redis hits and misses", view = "timeSeries", stacked = true, stat = "Sum", period = 60
        metrics = concat(
          [for member in local.cache_members : ["AWS/ElastiCache", "CacheHits", "CacheClusterId", member, { label = "hits ${member}" }]],
          [for member in local.cache_members : ["AWS/ElastiCache", "CacheMisses", "CacheClusterId", member, { label = "misses ${member}" }]],
        )
      },
      {
        title       = "Redis memory usage", view = "timeSeries", stat = "Maximum", period = 60
        metrics     = [for member in local.cache_members : ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", member, { label = member }]]
        yAxis       = { left = { min = 0, max = 100 } }
        annotations = { horizontal = [{ label = "alarm", value = local.thresholds["redis-memory"] }] }
      },
      {
        title   = "Redis connections", view = "singleValue", stat = "Maximum", period = 60
        metrics = [for member in local.cache_members : ["AWS/ElastiCache", "CurrConnections", "CacheClusterId", member, { label = member }]]
      },
    ],
  ]

  metric_widgets = flatten([for row, widgets in local.widget_rows : [for place, widget in widgets : {
    type       = "metric"
    x          = 8 * place
    y          = 6 * row
    width      = 8
    height     = 6
    properties = merge({ region = var.region }, widget)
  }]])

  log_widget = {
    type   = "log"
    x      = 0
    y      = 6 * length(local.widget_rows)
    width  = 24
    height = 6
    properties = {
      region = var.region
      title  = "Recent errors"
      view   = "table"
      query  = "SOURCE '${var.log_group_name}' | fields @timestamp, @message | filter @message like ${local.error_lines} | sort @timestamp desc | limit 20"
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "${local.name}-dashboard"

  dashboard_body = jsonencode({
    start          = "-PT3H"
    periodOverride = "inherit"
    widgets        = concat(local.metric_widgets, [local.log_widget])
  })
}
