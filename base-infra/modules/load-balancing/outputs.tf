output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "load_balancer_arn_suffix" {
  description = "Last part of the load balancer's ARN, as CloudWatch metrics name it."
  value       = aws_lb.this.arn_suffix
}

output "dns_name" {
  description = "DNS name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of the load balancer's DNS name, for alias records."
  value       = aws_lb.this.zone_id
}

output "target_group_arn" {
  description = "ARN of the application's target group, known once a listener forwards to it."
  value       = aws_lb_target_group.app.arn

  # ECS refuses a service whose target group has no load balancer yet.
  depends_on = [aws_lb_listener.https]
}

output "target_group_arn_suffix" {
  description = "Last part of the target group's ARN, as CloudWatch metrics name it."
  value       = aws_lb_target_group.app.arn_suffix
}

output "web_acl_id" {
  description = "ID of the web ACL."
  value       = aws_wafv2_web_acl.this.id
}

output "web_acl_arn" {
  description = "ARN of the web ACL."
  value       = aws_wafv2_web_acl.this.arn
}
