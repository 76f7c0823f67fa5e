output "name" {
  description = "Name of the table, for dynamodb_table in a backend."
  value       = aws_dynamodb_table.this.name
}

output "arn" {
  description = "ARN of the table, for those who lock."
  value       = aws_dynamodb_table.this.arn
}
