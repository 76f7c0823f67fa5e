module "database" {
  source = "../modules/database"

  project                  = var.project
  environment              = var.environment
  account_id               = var.account_id
  db_name                  = "app"
  master_username          = "app_owner"
  engine_version           = var.database.engine_version
  instance_class           = var.database.instance_class
  allocated_storage        = var.database.allocated_storage
  max_allocated_storage    = var.database.max_allocated_storage
  multi_az                 = var.database.multi_az
  backup_retention_period  = var.database.backup_retention_period
  performance_insights     = var.database.performance_insights
  monitoring_interval      = var.database.monitoring_interval
  deletion_protection      = var.deletion_protection
  subnet_ids               = module.networking.data_subnet_ids
  security_group_ids       = [module.networking.rds_security_group_id]
  kms_key_arn              = module.encryption.key_arn
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = local.permissions_boundary_arn

  # The provider sets it by a second change after creation: on emulators 80 s for nothing.
  ca_cert_identifier = var.emulated ? null : "rds-ca-rsa2048-g1"
}

module "cache" {
  source = "../modules/cache"

  project                 = var.project
  environment             = var.environment
  engine                  = var.cache.engine
  node_type               = var.cache.node_type
  replica_count           = var.cache.replica_count
  snapshot_retention_days = var.cache.snapshot_retention_days
  subnet_ids              = module.networking.data_subnet_ids
  security_group_ids      = [module.networking.redis_security_group_id]
  kms_key_arn             = module.encryption.key_arn
  log_retention_days      = var.log_retention_days
}

module "secrets" {
  source = "../modules/secrets"

  project     = var.project
  environment = var.environment
  account_id  = var.account_id
  kms_key_arn = module.encryption.key_arn

  # A name that waits for its deletion cannot be used again: where environments come and go, it goes at once.
  recovery_window_days = var.deletion_protection ? 30 : 0

  database = {
    host              = module.database.address
    port              = module.database.port
    name              = "app"
    username          = "app_owner"
    master_secret_arn = module.database.master_secret_arn
  }
}
