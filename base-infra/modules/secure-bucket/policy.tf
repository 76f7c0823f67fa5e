locals {
  # Put together from the name, so that a plan shows it.
  arn = "arn:aws:s3:::${var.name}"

  tls_statement = {
    Sid       = "RefusePlainHttp"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [local.arn, "${local.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }

  # An upload that says nothing of encryption gets the bucket's. These refuse uploads that ask for another one. Services
  # that deliver in their own name (load balancers, CloudTrail, S3) ask for what their own settings say: they are let be.
  customer_key_statement = {
    Sid       = "RefuseKeysThatAwsDoesNotHold"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:PutObject"
    Resource  = "${local.arn}/*"
    Condition = { Null = { "s3:x-amz-server-side-encryption-customer-algorithm" = "false" } }
  }
  other_encryption_statement = {
    Sid       = "RefuseOtherEncryption"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:PutObject"
    Resource  = "${local.arn}/*"
    Condition = {
      Null            = { "s3:x-amz-server-side-encryption" = "false" }
      StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" }
      Bool            = { "aws:PrincipalIsAWSService" = "false" }
    }
  }
  # Without a key's name S3 would take the key that AWS manages: a missing name is refused, too.
  other_key_statement = {
    Sid       = "RefuseOtherKeys"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:PutObject"
    Resource  = "${local.arn}/*"
    Condition = {
      StringEquals    = { "s3:x-amz-server-side-encryption" = "aws:kms" }
      StringNotEquals = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = var.kms_key_arn }
      Bool            = { "aws:PrincipalIsAWSService" = "false" }
    }
  }

  statements = concat(
    [jsonencode(local.tls_statement), jsonencode(local.customer_key_statement)],
    var.kms_key_arn == null ? [] : [jsonencode(local.other_encryption_statement), jsonencode(local.other_key_statement)],
    var.policy_statements,
  )
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.statements : jsondecode(statement)]
  })

  # A policy is judged against the block: the block must be there first.
  depends_on = [aws_s3_bucket_public_access_block.this]
}
