# The alarms, as a golden copy in the unit of each metric.
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

# namespace, metric, statistic, comparison, threshold, periods x seconds, missing data
run "every_alarm_measures_what_it_says_in_the_unit_of_its_metric" {
  command = plan

  assert {
    condition = jsonencode({ for name, a in aws_cloudwatch_metric_alarm.this : name => join(" ", [
      a.namespace, a.metric_name, coalesce(a.statistic, a.extended_statistic), a.comparison_operator, a.threshold,
      "${a.evaluation_periods}x${a.period}", a.treat_missing_data]) if a.metric_name != null }) == jsonencode({
      alb-4xx           = "AWS/ApplicationELB HTTPCode_Target_4XX_Count Sum GreaterThanThreshold 100 1x60 notBreaching"
      alb-5xx           = "AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum GreaterThanThreshold 10 1x60 notBreaching"
      alb-latency       = "AWS/ApplicationELB TargetResponseTime p99 GreaterThanThreshold 2 5x60 notBreaching"
      alb-unhealthy     = "AWS/ApplicationELB UnHealthyHostCount Maximum GreaterThanThreshold 0 3x60 notBreaching"
      app-errors        = "cloudplatform-dev-fastapi ErrorCount Sum GreaterThanThreshold 10 1x60 notBreaching"
      ecs-cpu           = "AWS/ECS CPUUtilization Average GreaterThanThreshold 80 1x300 notBreaching"
      ecs-memory        = "AWS/ECS MemoryUtilization Average GreaterThanThreshold 85 1x300 notBreaching"
      ecs-tasks         = "ECS/ContainerInsights RunningTaskCount Minimum LessThanThreshold 1 5x60 breaching"
      rds-connections   = "AWS/RDS DatabaseConnections Maximum GreaterThanThreshold 80 1x300 notBreaching"
      rds-cpu           = "AWS/RDS CPUUtilization Average GreaterThanThreshold 80 2x300 notBreaching"
      rds-memory        = "AWS/RDS FreeableMemory Minimum LessThanThreshold 161061273 2x300 notBreaching"
      rds-read-latency  = "AWS/RDS ReadLatency Average GreaterThanThreshold 0.02 2x300 notBreaching"
      rds-storage       = "AWS/RDS FreeStorageSpace Minimum LessThanThreshold 5368709120 1x300 notBreaching"
      rds-write-latency = "AWS/RDS WriteLatency Average GreaterThanThreshold 0.02 2x300 notBreaching"
      redis-connections = "AWS/ElastiCache CurrConnections Maximum GreaterThanThreshold 1000 1x300 missing"
      redis-cpu         = "AWS/ElastiCache CPUUtilization Average GreaterThanThreshold 80 1x300 missing"
      redis-memory      = "AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum GreaterThanThreshold 80 1x300 missing"
    })
    error_message = "An alarm is missing, or its threshold is in another unit than its metric."
  }
}

run "two_alarms_are_counted_from_several_metrics" {
  command = plan

  assert {
    condition = jsonencode({ for name, a in aws_cloudwatch_metric_alarm.this : name => concat(
      [join(" ", [one([for q in a.metric_query : q.expression if q.return_data == true]), a.comparison_operator, a.threshold, "x${a.evaluation_periods}", a.treat_missing_data])],
      sort([for q in a.metric_query : "${q.id}: ${q.metric[0].namespace} ${q.metric[0].metric_name} ${q.metric[0].stat} ${q.metric[0].period}" if length(q.metric) > 0]),
      ) if length(a.metric_query) > 0 }) == jsonencode({
      alb-healthy = [
        "desired - FILL(healthy, 0) GreaterThanThreshold 0 x5 notBreaching",
        "desired: ECS/ContainerInsights DesiredTaskCount Maximum 60",
        "healthy: AWS/ApplicationELB HealthyHostCount Minimum 60",
      ]
      redis-hits = [
        "IF(hits + misses < 100, 100, 100 * hits / (hits + misses)) LessThanThreshold 80 x3 missing",
        "hits: AWS/ElastiCache CacheHits Sum 300",
        "misses: AWS/ElastiCache CacheMisses Sum 300",
      ]
    })
    error_message = "Healthy targets are compared with the tasks wanted at that moment; the hit rate is a percentage of at least 100 lookups."
  }
}

run "every_alarm_hangs_on_its_own_resource" {
  command = plan

  assert {
    condition = alltrue([for name, a in aws_cloudwatch_metric_alarm.this : jsonencode(a.dimensions) == jsonencode({
      "AWS/ApplicationELB"    = { LoadBalancer = "app/mock/0", TargetGroup = "targetgroup/mock/0" }
      "AWS/ECS"               = { ClusterName = "cluster", ServiceName = "service" }
      "ECS/ContainerInsights" = { ClusterName = "cluster", ServiceName = "service" }
      "AWS/RDS"               = { DBInstanceIdentifier = "database" }
      "AWS/ElastiCache"       = { CacheClusterId = "cache-001" }
    }[a.namespace]) if a.metric_name != null && name != "app-errors"])
    error_message = "An alarm without the right dimensions never has data."
  }

  assert {
    condition     = length(coalesce(aws_cloudwatch_metric_alarm.this["app-errors"].dimensions, {})) == 0
    error_message = "Metric filters publish without dimensions; with one the alarm would look at another metric."
  }
}

run "critical_alarms_wake_somebody_and_warnings_do_not" {
  command = plan

  assert {
    condition     = join(" ", [for name, a in aws_cloudwatch_metric_alarm.this : name if jsonencode(a.alarm_actions) == jsonencode([var.sns_topic_arn])]) == "alb-5xx alb-unhealthy app-errors ecs-tasks rds-connections rds-storage"
    error_message = "Only what users feel or what stops the database is critical."
  }

  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : length(a.alarm_actions) == 1 && jsonencode(a.alarm_actions) == jsonencode(a.ok_actions) && contains([var.sns_topic_arn, var.warning_sns_topic_arn], one(a.alarm_actions))])
    error_message = "Every alarm tells one topic, and tells it again when it is over."
  }
}

run "every_description_says_what_it_means_and_what_to_read" {
  command = plan

  assert {
    condition     = alltrue([for a in aws_cloudwatch_metric_alarm.this : can(regex("^[A-Z].{20,}\\. Rings when .+ for [0-9]+ min in dev\\. Runbook: docs/runbooks/[a-z0-9-]+\\.md$", a.alarm_description))])
    error_message = "A description is one sentence of meaning, the condition, and the runbook."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["rds-cpu"].alarm_description == "The database is short of CPU: usually a query without an index, or too many at once. Rings when CPUUtilization (Average) > 80 for 10 min in dev. Runbook: docs/runbooks/database-operations.md"
    error_message = "Whoever is woken reads this first."
  }
}

run "names_begin_with_project_and_environment" {
  command = plan

  assert {
    condition     = alltrue([for name, a in aws_cloudwatch_metric_alarm.this : a.alarm_name == "cloudplatform-dev-alarm-${name}" && a.tags["Name"] == a.alarm_name])
    error_message = "An alarm is named <project>-<environment>-alarm-<short name>."
  }

  assert {
    condition     = output.alarm_names["alb-5xx"] == "cloudplatform-dev-alarm-alb-5xx"
    error_message = "Deployments find their rollback alarm by this output."
  }
}

# Guards against an alarm that rings for ever on the smallest class, and one that never does on a big one.
run "free_memory_rings_at_500_mib_at_the_latest" {
  command = plan

  variables {
    database_memory_bytes = 4294967296
    max_connections       = 400
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["rds-memory"].threshold == 524288000
    error_message = "From 3.3 GiB on the threshold is 500 MiB."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["rds-connections"].threshold == 320
    error_message = "Connections ring at 80 % of the limit."
  }
}

# Guards against a lag alarm without data, and against looking at one member when another has become the primary.
run "with_a_replica_every_member_is_watched" {
  command = plan

  variables {
    environment   = "prod"
    replica_count = 1
    min_count     = 3
  }

  assert {
    condition = jsonencode({ for name, a in aws_cloudwatch_metric_alarm.this : name => a.dimensions.CacheClusterId if startswith(name, "redis-") && a.metric_name != null }) == jsonencode({
      redis-connections     = "cache-001"
      redis-connections-002 = "cache-002"
      redis-cpu             = "cache-001"
      redis-cpu-002         = "cache-002"
      redis-lag             = "cache-001"
      redis-lag-002         = "cache-002"
      redis-memory          = "cache-001"
      redis-memory-002      = "cache-002"
    })
    error_message = "Each member has the cache's alarms."
  }

  assert {
    condition     = alltrue(flatten([for name, member in { redis-hits = "cache-001", redis-hits-002 = "cache-002" } : [for q in aws_cloudwatch_metric_alarm.this[name].metric_query : q.metric[0].dimensions.CacheClusterId == member if length(q.metric) > 0]]))
    error_message = "Each member's hit rate is counted from its own hits and misses."
  }

  assert {
    condition     = join(" ", [aws_cloudwatch_metric_alarm.this["redis-lag-002"].metric_name, aws_cloudwatch_metric_alarm.this["redis-lag-002"].statistic, aws_cloudwatch_metric_alarm.this["redis-lag-002"].comparison_operator, aws_cloudwatch_metric_alarm.this["redis-lag-002"].threshold, aws_cloudwatch_metric_alarm.this["redis-lag-002"].treat_missing_data]) == "ReplicationLag Maximum GreaterThanThreshold 1 notBreaching"
    error_message = "A replica more than a second behind rings; a primary, which reports no lag, does not."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["ecs-tasks"].threshold == 3
    error_message = "Running tasks ring below the least number of this environment."
  }
}

run "a_threshold_can_differ" {
  command = plan

  variables {
    replica_count = 1
    thresholds    = { ecs-cpu = 90, redis-memory = 70 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["ecs-cpu"].threshold == 90 && aws_cloudwatch_metric_alarm.this["rds-cpu"].threshold == 80
    error_message = "A threshold given by name must reach its alarm, and only that."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["redis-memory"].threshold == 70 && aws_cloudwatch_metric_alarm.this["redis-memory-002"].threshold == 70
    error_message = "A threshold of the cache holds for every member."
  }
}

run "a_threshold_for_no_alarm_is_refused" {
  command = plan

  variables {
    thresholds = { ecs-disk = 90 }
  }

  expect_failures = [var.thresholds]
}

run "memory_in_gigabytes_is_refused" {
  command = plan

  variables {
    database_memory_bytes = 1
  }

  expect_failures = [var.database_memory_bytes]
}

run "a_replication_group_in_place_of_its_member_is_refused" {
  command = plan

  variables {
    redis_cluster_id = "cache"
  }

  expect_failures = [var.redis_cluster_id]
}

run "an_alarm_that_can_never_ring_is_refused" {
  command = plan

  variables {
    min_count = 0
  }

  expect_failures = [var.min_count]
}

run "a_health_check_rings_when_nobody_outside_gets_an_answer" {
  command = plan

  variables {
    health_check = { enabled = true, id = "check" }
  }

  assert {
    condition = (
      "${aws_cloudwatch_metric_alarm.this["api-unreachable"].namespace} ${aws_cloudwatch_metric_alarm.this["api-unreachable"].metric_name} ${aws_cloudwatch_metric_alarm.this["api-unreachable"].comparison_operator} ${aws_cloudwatch_metric_alarm.this["api-unreachable"].threshold}" == "AWS/Route53 HealthCheckStatus LessThanThreshold 1"
      && aws_cloudwatch_metric_alarm.this["api-unreachable"].dimensions.HealthCheckId == "check"
      && aws_cloudwatch_metric_alarm.this["api-unreachable"].treat_missing_data == "breaching"
    )
    error_message = "A health check that no alarm listens to is paid for and read by nobody."
  }
}

run "a_health_check_outside_us_east_1_has_no_alarm" {
  command = plan

  variables {
    region       = "eu-west-1"
    health_check = { enabled = true, id = "check" }
  }

  expect_failures = [var.health_check]
}
