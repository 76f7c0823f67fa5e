locals {
  # The same lines that the metric filters count, found by their fields; a quote inside a message is written \" and does
  # not match. Spaces after the colon may be there or not: json.dumps writes one, Powertools none.
  error_lines   = "/\"level\": ?\"(ERROR|CRITICAL)\"|^ERROR:/"
  request_lines = "/\"message\": ?\"Request completed/"

  # The quote at the end ties status and duration to the end of the message: a path before them may say anything.
  # Names of extracted fields differ from those of the JSON fields, which Logs Insights finds by itself.
  queries = {
    error-analysis = <<-EOT
      fields @timestamp, @message
      | filter @message like ${local.error_lines}
      | parse @message /"path": ?"(?<endpoint>[^"]*)"/
      | stats count(*) as errors by endpoint
      | sort errors desc
      | limit 10
    EOT
    slow-requests  = <<-EOT
      fields @timestamp, @message
      | filter @message like ${local.request_lines}
      | parse @message /duration=(?<took_ms>[0-9.]+)ms"/
      | filter took_ms > 1000
      | stats count(*) as slow_requests, avg(took_ms) as average_ms by bin(5m)
    EOT
    status-volume  = <<-EOT
      fields @timestamp, @message
      | filter @message like ${local.request_lines}
      | parse @message /status=(?<answer>[0-9]{3}) duration=[0-9.]+ms"/
      | stats count(*) as requests by answer
      | sort answer asc
    EOT
  }
}

resource "aws_cloudwatch_query_definition" "this" {
  for_each = local.queries

  name            = "${local.name}-query-${each.key}"
  log_group_names = [var.log_group_name]
  query_string    = trimspace(each.value)
}
