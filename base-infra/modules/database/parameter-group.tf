locals {
  # What a class is made of. AWS gives both families the same memory. max_connections is set rather than left to the
  # default formula, so that the alarm at 80 % of the limit is exact; memory_gib decides the alarm on free memory.
  classes = {
    "db.t4g.micro"  = { memory_gib = 1, max_connections = 100 }
    "db.t4g.small"  = { memory_gib = 2, max_connections = 200 }
    "db.t4g.medium" = { memory_gib = 4, max_connections = 400 }
    "db.t4g.large"  = { memory_gib = 8, max_connections = 800 }
    "db.t3.micro"   = { memory_gib = 1, max_connections = 100 }
    "db.t3.small"   = { memory_gib = 2, max_connections = 200 }
    "db.t3.medium"  = { memory_gib = 4, max_connections = 400 }
    "db.t3.large"   = { memory_gib = 8, max_connections = 800 }
  }
  max_connections = local.classes[var.instance_class].max_connections

  # What differs from PostgreSQL's and RDS's defaults, or must not change with them. Times in ms, sizes in kB.
  parameters = {
    "rds.force_ssl"                       = { value = "1", apply_method = "immediate" }
    "ssl_min_protocol_version"            = { value = "TLSv1.2", apply_method = "immediate" }
    "max_connections"                     = { value = tostring(local.max_connections), apply_method = "pending-reboot" }
    "idle_in_transaction_session_timeout" = { value = "300000", apply_method = "immediate" }

    # Who came, who waited, what was slow. Statements of the audit: changes of structure and of rights.
    "shared_preload_libraries"   = { value = "pg_stat_statements,pgaudit", apply_method = "pending-reboot" }
    "pgaudit.log"                = { value = "ddl,role", apply_method = "immediate" }
    "log_connections"            = { value = "1", apply_method = "immediate" }
    "log_disconnections"         = { value = "1", apply_method = "immediate" }
    "log_lock_waits"             = { value = "1", apply_method = "immediate" }
    "log_min_duration_statement" = { value = "1000", apply_method = "immediate" }
    "log_temp_files"             = { value = "10240", apply_method = "immediate" }
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
