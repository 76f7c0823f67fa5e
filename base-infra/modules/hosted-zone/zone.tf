locals {
  name = "${var.project}-${var.environment}"
}

# One zone for all environments. Its records are made where the environments are; a zone that still has some is not
# deleted with them.
resource "aws_route53_zone" "this" {
  # checkov:skip=CKV2_AWS_39:names of a public API are no secret, and every query would be paid for
  name          = var.domain_name
  comment       = "Public names of ${var.project}"
  force_destroy = false

  tags = merge(var.tags, { Name = "${local.name}-zone" })
}
