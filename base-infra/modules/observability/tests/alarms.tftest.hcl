# The thresholds, as a golden copy in the unit of each metric.
mock_provider "aws" {}

variables {
  project                 = "cloudplatform"
  environment             = "dev"
  sns_topic_arn           = "arn:aws:sns:us-east-1:000000000000:dev-critical-alerts"
  warning_sns_topic_arn   = "arn:aws:sns:us-east-1:000000000000:dev-warning-alerts"
  alb_arn_suffix          = "app/mock/0"
  target_group_arn_suffix = "targetgroup/mock/0"
  ecs_cluster_name        = "cluster"
  ecs_service_name        = "service"
  rds_instance_id         = "database"
  redis_cluster_id        = "cache-001"
  max_connections         = 100
}

run "thresholds_are_in_the_unit_of_their_metric" {
  command = plan

  assert {
    condition = jsonencode({ for name, a in aws_cloudwatch_metric_alarm.this : name => "${a.metric_name} ${a.comparison_operator} ${a.threshold}" }) == jsonencode({
      alb-4xx         = "HTTPCode_Target_4XX_Count GreaterThanThreshold 100"
      alb-5xx         = "HTTPCode_Target_5XX_Count GreaterThanThreshold 10"
      alb-latency     = "TargetResponseTime GreaterThanThreshold 2"
      alb-unhealthy   = "UnHealthyHostCount GreaterThanThreshold 0"
      ecs-cpu         = "CPUUtilization GreaterThanThreshold 80"
      ecs-memory      = "MemoryUtilization GreaterThanThreshold 85"
      rds-connections = "DatabaseConnections GreaterThanThreshold 80"
      rds-cpu         = "CPUUtilization GreaterThanThreshold 80"
      rds-storage     = "FreeStorageSpace LessThanThreshold 5368709120"
      redis-cpu       = "CPUUtilization GreaterThanThreshold 80"
      redis-memory    = "DatabaseMemoryUsagePercentage GreaterThanThreshold 80"
    })
    error_message = "An alarm is missing, or its threshold is in another unit than its metric."
  }
}

run "every_alarm_tells_someone_and_names_a_runbook" {
  command = plan

  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : length(a.alarm_actions) == 1 && strcontains(a.alarm_description, "docs/runbooks/")])
    error_message = "An alarm that tells nobody, or says nothing of what to do, helps nobody."
  }

  assert {
    condition     = join(" ", [for name, a in aws_cloudwatch_metric_alarm.this : name if contains(a.alarm_actions, var.sns_topic_arn)]) == "alb-5xx alb-unhealthy rds-connections rds-storage"
    error_message = "Only what users feel or what stops the database is critical."
  }
}

run "a_threshold_can_differ" {
  command = plan

  variables {
    thresholds = { ecs-cpu = 90 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["ecs-cpu"].threshold == 90 && aws_cloudwatch_metric_alarm.this["rds-cpu"].threshold == 80
    error_message = "A threshold given by name must reach its alarm, and only that."
  }
}

run "a_threshold_for_no_alarm_is_refused" {
  command = plan

  variables {
    thresholds = { ecs-disk = 90 }
  }

  expect_failures = [var.thresholds]
}
