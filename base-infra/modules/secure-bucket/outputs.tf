output "id" {
  description = "Name of the bucket, known once its policy is in place."
  # Known when planned, as the ID is not: other buckets decide by it whether they log.
  value = aws_s3_bucket.this.bucket

  depends_on = [aws_s3_bucket_policy.this]
}

output "arn" {
  description = "ARN of the bucket."
  value       = local.arn

  depends_on = [aws_s3_bucket.this]
}
