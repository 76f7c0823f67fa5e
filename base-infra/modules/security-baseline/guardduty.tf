locals {
  name = "${var.project}-${var.environment}"
}

resource "aws_guardduty_detector" "this" {
  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"

  tags = merge(var.tags, { Name = "${local.name}-guardduty" })
}
