locals {
  tls_statement = {
    Sid       = "RefusePlainHttp"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.tls_statement], [for s in var.policy_statements : jsondecode(s)])
  })

  # A policy is judged against the block: the block must be there first.
  depends_on = [aws_s3_bucket_public_access_block.this]
}
