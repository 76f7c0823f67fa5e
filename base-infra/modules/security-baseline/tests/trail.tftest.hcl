# What the trail records beside management events.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }
}

variables {
  project       = "cloudplatform"
  environment   = "global"
  region        = "us-east-1"
  account_id    = "000000000000"
  kms_key_arn   = "arn:aws:kms:us-east-1:000000000000:key/mock"
  trail_bucket  = "trail"
  config_bucket = "config"
}

run "all_management_events_are_recorded_reads_and_keys_included" {
  command = plan

  assert {
    condition = jsonencode([
      for f in aws_cloudtrail.this.advanced_event_selector[0].field_selector : [f.field, f.equals]
    ]) == jsonencode([["eventCategory", ["Management"]]])
    error_message = "A selector that names anything else leaves management events out."
  }
}

run "objects_of_named_buckets_are_recorded" {
  command = plan

  variables {
    data_event_bucket_arns = { trail = "arn:aws:s3:::trail", state = "arn:aws:s3:::state" }
  }

  assert {
    condition = jsonencode({
      for f in aws_cloudtrail.this.advanced_event_selector[1].field_selector : f.field => coalescelist(f.equals, f.starts_with)
      }) == jsonencode({
      "eventCategory"  = ["Data"]
      "resources.ARN"  = ["arn:aws:s3:::state/", "arn:aws:s3:::trail/"]
      "resources.type" = ["AWS::S3::Object"]
    })
    error_message = "Reads and writes of the named buckets must be recorded; the slash keeps out buckets whose names only begin so."
  }
}

run "invocations_of_the_functions_in_production_are_recorded" {
  command = plan

  assert {
    condition = jsonencode({
      for f in aws_cloudtrail.this.advanced_event_selector[1].field_selector : f.field => coalescelist(f.equals, f.starts_with)
      }) == jsonencode({
      "eventCategory"  = ["Data"]
      "resources.ARN"  = ["arn:aws:lambda:us-east-1:000000000000:function:opsplane-prod-"]
      "resources.type" = ["AWS::Lambda::Function"]
    })
    error_message = "Who makes the fleet's functions in production run must be known."
  }
}

run "without_names_only_management_events_are_recorded" {
  command = plan

  variables {
    recorded_function_prefixes = []
  }

  assert {
    condition     = length(aws_cloudtrail.this.advanced_event_selector) == 1 && length(aws_cloudtrail.this.insight_selector) == 0
    error_message = "What costs by the call must be possible to leave out."
  }
}

run "unusual_rates_are_reported_when_asked_for" {
  command = plan

  variables {
    enable_insights = true
  }

  assert {
    condition     = join(" ", sort(aws_cloudtrail.this.insight_selector[*].insight_type)) == "ApiCallRateInsight ApiErrorRateInsight"
    error_message = "Both calls and errors are watched."
  }
}

run "a_pattern_for_all_functions_is_refused" {
  command = plan

  variables {
    recorded_function_prefixes = ["*"]
  }

  expect_failures = [var.recorded_function_prefixes]
}

run "a_trail_that_is_gone_before_the_year_is_refused" {
  command = plan

  variables {
    trail_retention_days = 90
  }

  expect_failures = [var.trail_retention_days]
}
