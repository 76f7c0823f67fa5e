# What is counted in the application's log, and what can be asked of it.
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

run "errors_requests_and_latency_are_counted" {
  command = plan

  assert {
    condition = jsonencode({ for name, f in aws_cloudwatch_log_metric_filter.this : name => join(" ", [
      f.name, f.log_group_name, f.metric_transformation[0].namespace, f.metric_transformation[0].name,
      f.metric_transformation[0].value, f.metric_transformation[0].unit, coalesce(f.metric_transformation[0].default_value, "-")]) }) == jsonencode({
      errors        = "cloudplatform-dev-filter-errors /ecs/dev/fastapi cloudplatform-dev-fastapi ErrorCount 1 Count 0"
      latency       = "cloudplatform-dev-filter-latency /ecs/dev/fastapi cloudplatform-dev-fastapi Latency $.duration_ms Milliseconds -"
      requests      = "cloudplatform-dev-filter-requests /ecs/dev/fastapi cloudplatform-dev-fastapi RequestCount 1 Count 0"
      server-errors = "cloudplatform-dev-filter-server-errors /ecs/dev/fastapi cloudplatform-dev-fastapi ErrorCount 1 Count 0"
    })
    error_message = "A metric filter is missing, or publishes somewhere else."
  }

  assert {
    condition = jsonencode({ for name, f in aws_cloudwatch_log_metric_filter.this : name => f.pattern }) == jsonencode({
      errors        = "{ ($.level = \"ERROR\") || ($.level = \"CRITICAL\") }"
      latency       = "{ ($.message = \"Request completed*\") && ($.duration_ms = *) }"
      requests      = "{ ($.message = \"Request completed*\") }"
      server-errors = "[level = \"ERROR:\", ...]"
    })
    error_message = "tests/infra/test_log_patterns.py tries the patterns on lines; change both."
  }
}

run "the_alarm_looks_at_the_metric_that_the_filter_makes" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["app-errors"].metric_name == aws_cloudwatch_log_metric_filter.this["errors"].metric_transformation[0].name && aws_cloudwatch_metric_alarm.this["app-errors"].namespace == aws_cloudwatch_log_metric_filter.this["errors"].metric_transformation[0].namespace
    error_message = "Filter and alarm have drifted apart: the alarm would never have data."
  }
}

run "three_queries_are_saved_for_the_application_s_log" {
  command = plan

  assert {
    condition     = jsonencode(output.query_names) == jsonencode({ error-analysis = "cloudplatform-dev-query-error-analysis", slow-requests = "cloudplatform-dev-query-slow-requests", status-volume = "cloudplatform-dev-query-status-volume" })
    error_message = "A saved query is missing."
  }

  assert {
    condition     = alltrue([for q in aws_cloudwatch_query_definition.this : jsonencode(q.log_group_names) == jsonencode(["/ecs/dev/fastapi"])])
    error_message = "The queries look into the application's log group."
  }

  assert {
    condition = jsonencode({ for name, q in aws_cloudwatch_query_definition.this : name => [for line in split("\n", q.query_string) : line if !startswith(line, "fields")] }) == jsonencode({
      error-analysis = [
        "| filter @message like /\"level\": ?\"(ERROR|CRITICAL)\"|^ERROR:/",
        "| parse @message /\"path\": ?\"(?<endpoint>[^\"]*)\"/",
        "| stats count(*) as errors by endpoint",
        "| sort errors desc",
        "| limit 10",
      ]
      slow-requests = [
        "| filter @message like /\"message\": ?\"Request completed/",
        "| parse @message /duration=(?<took_ms>[0-9.]+)ms\"/",
        "| filter took_ms > 1000",
        "| stats count(*) as slow_requests, avg(took_ms) as average_ms by bin(5m)",
      ]
      status-volume = [
        "| filter @message like /\"message\": ?\"Request completed/",
        "| parse @message /status=(?<answer>[0-9]{3}) duration=[0-9.]+ms\"/",
        "| stats count(*) as requests by answer",
        "| sort answer asc",
      ]
    })
    error_message = "A query asks something else than its name says."
  }
}
