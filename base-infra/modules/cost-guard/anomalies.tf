# AWS allows one monitor over all services in an account, and gives newer accounts one unasked.
resource "aws_ce_anomaly_monitor" "services" {
  count = var.anomaly_monitor_arn == null ? 1 : 0

  name              = "${local.name}-anomalies-services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"

  tags = merge(var.tags, { Name = "${local.name}-anomalies-services" })
}

# At once: to a topic AWS sends each anomaly by itself, to addresses only a daily or weekly summary.
resource "aws_ce_anomaly_subscription" "topic" {
  name             = "${local.name}-anomalies-topic"
  frequency        = "IMMEDIATE"
  monitor_arn_list = [coalesce(var.anomaly_monitor_arn, one(aws_ce_anomaly_monitor.services[*].arn))]

  subscriber {
    type    = "SNS"
    address = var.topic_arn
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.anomaly_threshold_usd)]
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-anomalies-topic" })
}
