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

output "request_count_label" {
  description = "Name of load balancer and target group together, as scaling by requests asks for it; known once they are joined."
  value       = "${aws_lb.this.arn_suffix}/${aws_lb_target_group.app.arn_suffix}"

  # Application Auto Scaling refuses a target group that no listener forwards to.
  depends_on = [aws_lb_listener.https]
}
