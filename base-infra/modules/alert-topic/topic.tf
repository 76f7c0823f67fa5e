locals {
  name = "${var.project}-${var.environment}-${var.name}"

  # AWS says on whose behalf these three call, so another account cannot borrow them.
  services_with_source = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "costalerts.amazonaws.com"]

  own_services_statement = {
    Sid       = "AlarmsAndCostsOfThisAccount"
    Effect    = "Allow"
    Principal = { Service = local.services_with_source }
    Action    = "sns:Publish"
    Resource  = aws_sns_topic.this.arn
    Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
  }

  # EventBridge names no source when it publishes to a topic: with a condition here every event would be lost unseen.
  events_statement = {
    Sid       = "EventRules"
    Effect    = "Allow"
    Principal = { Service = "events.amazonaws.com" }
    Action    = "sns:Publish"
    Resource  = aws_sns_topic.this.arn
  }

  # So where a source is named after all, it must be this account.
  foreign_statement = {
    Sid       = "NobodyOnBehalfOfAnotherAccount"
    Effect    = "Deny"
    Principal = "*"
    Action    = "sns:Publish"
    Resource  = aws_sns_topic.this.arn
    Condition = {
      Null            = { "aws:SourceAccount" = "false" }
      StringNotEquals = { "aws:SourceAccount" = var.account_id }
    }
  }

  tls_statement = {
    Sid       = "OnlyOverTls"
    Effect    = "Deny"
    Principal = "*"
    Action    = ["sns:Publish", "sns:Subscribe"]
    Resource  = aws_sns_topic.this.arn
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

resource "aws_sns_topic" "this" {
  name              = local.name
  kms_master_key_id = var.kms_key_arn

  tags = merge(var.tags, { Name = local.name })
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.own_services_statement, local.events_statement, local.foreign_statement, local.tls_statement]
  })
}
