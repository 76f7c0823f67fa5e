resource "aws_elasticache_subnet_group" "this" {
  name        = "${local.name}-cachesubnets"
  description = "Data subnets of ${local.name}"
  subnet_ids  = var.subnet_ids

  tags = merge(var.tags, { Name = "${local.name}-cachesubnets" })
}
