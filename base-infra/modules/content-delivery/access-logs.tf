# Delivered through CloudWatch Logs' delivery, which needs no ACL on the bucket, unlike CloudFront's older way.
resource "aws_cloudwatch_log_delivery_source" "access" {
  count = var.log_bucket_arn == null ? 0 : 1

  name         = "${local.name}-cdn-access"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn

  tags = merge(var.tags, { Name = "${local.name}-cdn-access" })
}

resource "aws_cloudwatch_log_delivery_destination" "access" {
  count = var.log_bucket_arn == null ? 0 : 1

  name          = "${local.name}-cdn-access"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = var.log_bucket_arn
  }

  tags = merge(var.tags, { Name = "${local.name}-cdn-access" })
}

resource "aws_cloudwatch_log_delivery" "access" {
  count = var.log_bucket_arn == null ? 0 : 1

  delivery_source_name     = aws_cloudwatch_log_delivery_source.access[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.access[0].arn

  tags = merge(var.tags, { Name = "${local.name}-cdn-access" })
}
