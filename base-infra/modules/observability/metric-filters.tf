locals {
  # The application's own namespace; its task role may put metrics into no other.
  log_namespace = "${local.name}-fastapi"

  # A line is one JSON object: level, message, path, status, duration_ms. The message of a finished request begins with
  # "Request completed". The web server writes plain text when the application fails outright: its lines count, too.
  # A pattern looks at fields and never at free text, so that nobody can ring the alarm by asking for /ERROR.
  metric_filters = {
    errors        = { metric = "ErrorCount", unit = "Count", value = "1", default = "0", pattern = "{ ($.level = \"ERROR\") || ($.level = \"CRITICAL\") }" }
    server-errors = { metric = "ErrorCount", unit = "Count", value = "1", default = "0", pattern = "[level = \"ERROR:\", ...]" }
    requests      = { metric = "RequestCount", unit = "Count", value = "1", default = "0", pattern = "{ ($.message = \"Request completed*\") }" }
    # Without a default: a minute without requests was not answered in 0 ms.
    latency = { metric = "Latency", unit = "Milliseconds", value = "$.duration_ms", default = null, pattern = "{ ($.message = \"Request completed*\") && ($.duration_ms = *) }" }
  }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.metric_filters

  name           = "${local.name}-filter-${each.key}"
  log_group_name = var.log_group_name
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = local.log_namespace
    name          = each.value.metric
    value         = each.value.value
    unit          = each.value.unit
    default_value = each.value.default
  }
}
