resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  # What has an end ends; what has none loses at least the marks of what was deleted.
  rule {
    id     = "age"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    dynamic "transition" {
      for_each = var.glacier_after_days == null ? [] : [var.glacier_after_days]

      content {
        days          = transition.value
        storage_class = "GLACIER"
      }
    }

    dynamic "expiration" {
      for_each = var.expire_after_days == null ? [] : [var.expire_after_days]

      content {
        days = expiration.value
      }
    }

    dynamic "expiration" {
      for_each = var.expire_after_days == null && var.versioning ? [true] : []

      content {
        expired_object_delete_marker = true
      }
    }

    dynamic "noncurrent_version_expiration" {
      for_each = var.versioning && var.expire_versions_after_days != null ? [var.expire_versions_after_days] : []

      content {
        noncurrent_days = noncurrent_version_expiration.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
