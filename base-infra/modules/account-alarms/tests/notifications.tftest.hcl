# What AWS's own services report reaches people as a sentence.
mock_provider "aws" {}

variables {
  project        = "cloudplatform"
  environment    = "global"
  log_group_name = "/aws/cloudtrail/cloudplatform-global"
  topic_arn      = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
}

run "three_services_report_and_guardduty_is_left_to_the_fleet" {
  command = plan

  assert {
    condition = jsonencode({ for key, r in aws_cloudwatch_event_rule.this : r.name => jsondecode(r.event_pattern) }) == jsonencode({
      cloudplatform-global-rule-access-analyzer-findings = {
        detail      = { status = ["ACTIVE"] }
        detail-type = ["Access Analyzer Finding", "Unused Access Finding for IAM entities"]
        source      = ["aws.access-analyzer"]
      }
      cloudplatform-global-rule-config-compliance = {
        detail      = { messageType = ["ComplianceChangeNotification"], newEvaluationResult = { complianceType = ["NON_COMPLIANT"] } }
        detail-type = ["Config Rules Compliance Change"]
        source      = ["aws.config"]
      }
      cloudplatform-global-rule-inspector-findings = {
        detail      = { severity = ["HIGH", "CRITICAL"], status = ["ACTIVE"] }
        detail-type = ["Inspector2 Finding"]
        source      = ["aws.inspector2"]
      }
    })
    error_message = "What is bad and new is told; what is over, archived or harmless is not."
  }
}

run "everything_told_is_a_sentence_for_the_topic" {
  command = plan

  assert {
    condition     = alltrue([for key, t in aws_cloudwatch_event_target.this : t.arn == var.topic_arn && t.rule == "cloudplatform-global-rule-${key}"])
    error_message = "Each rule has the account's topic as its target."
  }

  assert {
    condition = alltrue(flatten([
      for t in aws_cloudwatch_event_target.this : [
        for line in split("\n", t.input_transformer[0].input_template) : can(regex("^\"[^\"]+\"$", line))
      ]
    ]))
    error_message = "EventBridge takes a text line by line, each in quotes."
  }

  assert {
    condition = alltrue(flatten([
      for t in aws_cloudwatch_event_target.this : [
        for name in flatten(regexall("<([a-z]+)>", t.input_transformer[0].input_template)) : contains(keys(t.input_transformer[0].input_paths), name)
      ]
    ]))
    error_message = "A placeholder without a path would reach people as it stands."
  }

  assert {
    condition     = alltrue([for t in aws_cloudwatch_event_target.this : strcontains(t.input_transformer[0].input_template, "docs/runbooks/")])
    error_message = "Who reads it at night must know what to do."
  }
}
