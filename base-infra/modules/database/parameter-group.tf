locals {
  # Set rather than left to the default formula, so that the alarm at 80 % of the limit is exact.
  max_connections_by_size = { micro = 100, small = 200, medium = 400 }
  max_connections         = local.max_connections_by_size[split(".", var.instance_class)[2]]

  parameters = {
    "rds.force_ssl"              = { value = "1", apply_method = "immediate" }
    "log_min_duration_statement" = { value = "1000", apply_method = "immediate" }
    "max_connections"            = { value = tostring(local.max_connections), apply_method = "pending-reboot" }
  }
}

resource "aws_db_parameter_group" "this" {
  name        = "${local.name}-dbparams-postgres${var.engine_version}"
  description = "PostgreSQL ${var.engine_version} settings of ${local.name}"
  family      = "postgres${var.engine_version}"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name         = parameter.key
      value        = parameter.value.value
      apply_method = parameter.value.apply_method
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-dbparams-postgres${var.engine_version}" })

  lifecycle {
    create_before_destroy = true
  }
}
