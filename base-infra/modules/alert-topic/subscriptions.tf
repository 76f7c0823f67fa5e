# SNS writes to each address once; until its owner follows the link in that letter nothing else arrives there.
resource "aws_sns_topic_subscription" "email" {
  for_each = var.email_addresses

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}
