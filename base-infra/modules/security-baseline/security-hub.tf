locals {
  standards = {
    fsbp = "arn:aws:securityhub:${var.region}::standards/aws-foundational-security-best-practices/v/1.0.0"
    cis  = "arn:aws:securityhub:${var.region}::standards/cis-aws-foundations-benchmark/v/${var.cis_version}"
  }
}

resource "aws_securityhub_account" "this" {
  # Standards are listed below, so that which ones apply is written down. There is no aggregator: one region, one hub.
  enable_default_standards  = false
  control_finding_generator = "SECURITY_CONTROL"
  auto_enable_controls      = true

  # GuardDuty, Config and Access Analyzer feed a hub by themselves if it is there when they report.
  depends_on = [aws_guardduty_detector.this]
}

resource "aws_securityhub_standards_subscription" "this" {
  for_each = local.standards

  standards_arn = each.value

  depends_on = [aws_securityhub_account.this]
}
