locals {
  name = "${var.project}-${var.environment}"

  # A new detector has most of these on by itself, so each is said either way.
  guardduty_features = {
    S3_DATA_EVENTS         = true
    RDS_LOGIN_EVENTS       = true
    LAMBDA_NETWORK_LOGS    = true
    EBS_MALWARE_PROTECTION = false
    EKS_AUDIT_LOGS         = false
    RUNTIME_MONITORING     = false
  }

  # Parts of RUNTIME_MONITORING: whether GuardDuty itself puts its agent into tasks, clusters and instances.
  guardduty_agents = {
    ECS_FARGATE_AGENT_MANAGEMENT = false
    EKS_ADDON_MANAGEMENT         = false
    EC2_AGENT_MANAGEMENT         = false
  }

  guardduty_status = {
    for name, default in merge(local.guardduty_features, local.guardduty_agents) :
    name => lookup(var.guardduty_features, name, default) ? "ENABLED" : "DISABLED"
  }
}

resource "aws_guardduty_detector" "this" {
  # checkov:skip=CKV2_AWS_3:the account stands for itself: an organization would delegate
  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"

  tags = merge(var.tags, { Name = "${local.name}-guardduty" })
}

resource "aws_guardduty_detector_feature" "this" {
  for_each = setsubtract(keys(local.guardduty_features), ["RUNTIME_MONITORING"])

  detector_id = aws_guardduty_detector.this.id
  name        = each.key
  status      = local.guardduty_status[each.key]
}

resource "terraform_data" "guardduty_agents" {
  input = { for name in keys(local.guardduty_agents) : name => local.guardduty_status[name] }
}

resource "aws_guardduty_detector_feature" "runtime" {
  detector_id = aws_guardduty_detector.this.id
  name        = "RUNTIME_MONITORING"
  status      = local.guardduty_status.RUNTIME_MONITORING

  dynamic "additional_configuration" {
    for_each = terraform_data.guardduty_agents.output

    content {
      name   = additional_configuration.key
      status = additional_configuration.value
    }
  }

  # AWS lists the agents in an order of its own, which would differ in every plan; a change of ours still arrives.
  lifecycle {
    ignore_changes       = [additional_configuration]
    replace_triggered_by = [terraform_data.guardduty_agents]
  }
}
