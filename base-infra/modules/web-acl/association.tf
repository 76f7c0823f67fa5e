# A distribution names its web ACL itself; a load balancer is told. The scope decides and not alb_arn, because the ARN of
# a load balancer that does not exist yet is unknown while Terraform counts.
resource "aws_wafv2_web_acl_association" "load_balancer" {
  count = var.scope == "REGIONAL" ? 1 : 0

  resource_arn = var.alb_arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}
