resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV2_AWS_62:nobody listens to notifications; what happens to objects is in the trail's data events
  # checkov:skip=CKV_AWS_144:one region by decision; copies of data are AWS Backup's
  bucket              = var.name
  force_destroy       = var.force_destroy
  object_lock_enabled = var.object_lock_days != null

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
