resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for t in aws_route_table.private : t.id]

  tags = merge(var.tags, { Name = "${local.name}-vpce-s3" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.this["endpoint"].id]
  subnet_ids = [
    for zone in slice(keys(local.zones), 0, var.interface_endpoint_zones) : aws_subnet.private[zone].id
  ]

  tags = merge(var.tags, { Name = "${local.name}-vpce-${replace(each.key, ".", "-")}" })
}
