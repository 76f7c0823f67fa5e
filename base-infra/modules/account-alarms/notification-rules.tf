locals {
  # What AWS reports by itself, as a sentence for people. GuardDuty is not here: the fleet's own rule hears its findings.
  notifications = {
    config-compliance = {
      description = "A resource does not comply with a rule of AWS Config"
      runbook     = "incident-response"
      pattern = {
        source      = ["aws.config"]
        detail-type = ["Config Rules Compliance Change"]
        detail = {
          messageType         = ["ComplianceChangeNotification"]
          newEvaluationResult = { complianceType = ["NON_COMPLIANT"] }
        }
      }
      paths = { rule = "$.detail.configRuleName", kind = "$.detail.resourceType", resource = "$.detail.resourceId" }
      text  = "Config rule <rule> is broken by <kind> <resource>"
    }
    access-analyzer-findings = {
      description = "Somebody outside the account can reach a resource, or a right is not used"
      runbook     = "incident-response"
      pattern = {
        source      = ["aws.access-analyzer"]
        detail-type = ["Access Analyzer Finding", "Unused Access Finding for IAM entities"]
        detail      = { status = ["ACTIVE"] }
      }
      paths = { what = "$.detail-type", kind = "$.detail.resourceType", resource = "$.detail.resource" }
      text  = "<what> about <kind> <resource>"
    }
    inspector-findings = {
      description = "Inspector found a serious weakness in an image or a function"
      runbook     = "incident-response"
      pattern = {
        source      = ["aws.inspector2"]
        detail-type = ["Inspector2 Finding"]
        detail      = { severity = ["HIGH", "CRITICAL"], status = ["ACTIVE"] }
      }
      paths = { severity = "$.detail.severity", title = "$.detail.title", resource = "$.resources" }
      text  = "Inspector, <severity>: <title> in <resource>"
    }
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.notifications

  name          = "${local.name}-rule-${each.key}"
  description   = each.value.description
  event_pattern = jsonencode(each.value.pattern)

  tags = merge(var.tags, { Name = "${local.name}-rule-${each.key}" })
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.notifications

  rule      = aws_cloudwatch_event_rule.this[each.key].name
  target_id = "topic"
  arn       = var.topic_arn

  input_transformer {
    input_paths = merge(each.value.paths, { account = "$.account", region = "$.region", time = "$.time" })

    # A template is JSON, or one quoted text for each line.
    input_template = join("\n", [
      "\"${each.value.text}.\"",
      "\"Account <account>, region <region>, <time>. Runbook: docs/runbooks/${each.value.runbook}.md\"",
    ])
  }
}
