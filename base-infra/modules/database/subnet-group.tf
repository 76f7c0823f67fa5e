resource "aws_db_subnet_group" "this" {
  count = var.subnet_group_name == null ? 1 : 0

  name        = "${local.name}-dbsubnets"
  description = "Data subnets of ${local.name}"
  subnet_ids  = var.subnet_ids

  tags = merge(var.tags, { Name = "${local.name}-dbsubnets" })
}
