# The dashboard: five rows, what each widget shows, and that it fits together.
mock_provider "aws" {}

variables {
  project                 = "cloudplatform"
  environment             = "dev"
  region                  = "us-east-1"
  sns_topic_arn           = "arn:aws:sns:us-east-1:000000000000:dev-critical-alerts"
  warning_sns_topic_arn   = "arn:aws:sns:us-east-1:000000000000:dev-warning-alerts"
  alb_arn_suffix          = "app/mock/0"
  target_group_arn_suffix = "targetgroup/mock/0"
  ecs_cluster_name        = "cluster"
  ecs_service_name        = "service"
  rds_instance_id         = "database"
  redis_cluster_id        = "cache-001"
  log_group_name          = "/ecs/dev/fastapi"
  min_count               = 1
  max_connections         = 100
  database_memory_bytes   = 1073741824
}

run "thirteen_widgets_stand_in_five_rows" {
  command = plan

  assert {
    condition = jsonencode([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      "${w.y / 6 + 1}.${w.x / 8 + 1} ${w.width}x${w.height} ${w.properties.title}: ${w.properties.view}${try(w.properties.stacked, false) ? " area" : ""}"]) == jsonencode([
      "1.1 8x6 Request rate: timeSeries area",
      "1.2 8x6 Latency (p50, p99): timeSeries",
      "1.3 8x6 Error rate (5xx): timeSeries",
      "2.1 8x6 ECS CPU utilization: timeSeries",
      "2.2 8x6 ECS memory usage: timeSeries",
      "2.3 8x6 Running tasks: singleValue",
      "3.1 8x6 RDS connections: timeSeries",
      "3.2 8x6 RDS CPU utilization: timeSeries",
      "3.3 8x6 RDS free storage: gauge",
      "4.1 8x6 Redis hits and misses: timeSeries area",
      "4.2 8x6 Redis memory usage: timeSeries",
      "4.3 8x6 Redis connections: singleValue",
      "5.1 24x6 Recent errors: table",
    ])
    error_message = "A widget is missing, in another place, or drawn differently."
  }

  assert {
    condition     = aws_cloudwatch_dashboard.this.dashboard_name == "cloudplatform-dev-dashboard" && output.dashboard_name == "cloudplatform-dev-dashboard"
    error_message = "Each environment has a dashboard of its own name."
  }
}

run "every_widget_shows_its_metrics" {
  command = plan

  assert {
    condition = jsonencode([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : join(", ", [for m in w.properties.metrics : m[1] if length(m) > 1]) if w.type == "metric"]) == jsonencode([
      "RequestCount, HTTPCode_Target_2XX_Count",
      "TargetResponseTime, TargetResponseTime",
      "HTTPCode_Target_5XX_Count, HTTPCode_ELB_5XX_Count",
      "CPUUtilization, CPUUtilization",
      "MemoryUtilization, MemoryUtilization",
      "RunningTaskCount, DesiredTaskCount",
      "DatabaseConnections",
      "CPUUtilization",
      "FreeStorageSpace",
      "CacheHits, CacheMisses",
      "DatabaseMemoryUsagePercentage",
      "CurrConnections",
    ])
    error_message = "A widget shows another metric than its title says."
  }

  assert {
    condition     = jsonencode([for m in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[1].properties.metrics : m[6].stat]) == jsonencode(["p50", "p99"])
    error_message = "Latency is the middle and the slowest hundredth, not an average."
  }

  assert {
    condition     = alltrue([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.properties.region == "us-east-1"])
    error_message = "A widget without a region shows nothing."
  }
}

run "graphs_have_the_alarms_thresholds_as_lines" {
  command = plan

  variables {
    thresholds = { ecs-cpu = 90 }
  }

  assert {
    condition = jsonencode({ for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.properties.title => w.properties.annotations.horizontal[0].value if can(w.properties.annotations) }) == jsonencode({
      "ECS CPU utilization" = 90
      "ECS memory usage"    = 85
      "Error rate (5xx)"    = 10
      "Latency (p50, p99)"  = 2
      "RDS CPU utilization" = 80
      "RDS connections"     = 80
      "RDS free storage"    = 5
      "Redis memory usage"  = 80
    })
    error_message = "A line must be where the alarm rings, in the unit of the graph."
  }

  assert {
    condition     = jsonencode(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[8].properties.yAxis.left) == jsonencode({ max = 20, min = 0 })
    error_message = "A gauge needs both ends, here in GiB."
  }
}

run "the_newest_twenty_errors_are_shown" {
  command = plan

  assert {
    condition     = jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[12].type == "log" && jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[12].properties.query == "SOURCE '/ecs/dev/fastapi' | fields @timestamp, @message | filter @message like /\"level\": ?\"(ERROR|CRITICAL)\"|^ERROR:/ | sort @timestamp desc | limit 20"
    error_message = "The last row shows the newest errors of the application's log."
  }
}

run "a_replica_is_shown_beside_the_primary" {
  command = plan

  variables {
    replica_count = 1
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 13 && join(" ", [for m in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets[9].properties.metrics : "${m[1]}/${m[3]}"]) == "CacheHits/cache-001 CacheHits/cache-002 CacheMisses/cache-001 CacheMisses/cache-002"
    error_message = "The cache's widgets show every member."
  }
}
