module "database" {
  source = "../modules/database"

  project                 = var.project
  environment             = var.environment
  account_id              = var.account_id
  db_name                 = "app"
  master_username         = "app_owner"
  engine_version          = var.database.engine_version
  instance_class          = var.database.instance_class
  allocated_storage       = var.database.allocated_storage
  max_allocated_storage   = var.database.max_allocated_storage
  multi_az                = var.database.multi_az
  backup_retention_period = var.database.backup_retention_period
  performance_insights    = var.database.performance_insights
  monitoring_interval     = var.database.monitoring_interval
  deletion_protection     = var.deletion_protection
  subnet_ids              = module.networking.data_subnet_ids
  security_group_ids      = [module.networking.rds_security_group_id]
  kms_key_arn             = module.encryption.key_arn
  log_retention_days      = var.log_retention_days

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
}

module "ecs_cluster" {
  source = "../modules/ecs-cluster"

  project         = var.project
  environment     = var.environment
  account_id      = var.account_id
  spot_weight     = var.service.spot_weight
  repository_arns = ["arn:aws:ecr:${var.region}:${var.account_id}:repository/${var.project}-service"]
  log_group_arns  = ["${local.log_group_prefix}/ecs/${var.environment}/fastapi"]
  secret_arns     = { database = module.database.master_secret_arn }
  kms_key_arn     = module.encryption.key_arn
}

module "ecs_service" {
  source = "../modules/ecs-service"

  project            = var.project
  environment        = var.environment
  region             = var.region
  account_id         = var.account_id
  service_name       = "fastapi"
  cluster_arn        = module.ecs_cluster.cluster_arn
  cluster_name       = module.ecs_cluster.cluster_name
  execution_role_arn = module.ecs_cluster.execution_role_arn
  subnet_ids         = module.networking.private_subnet_ids
  security_group_ids = [module.networking.app_security_group_id]
  target_group_arn   = module.load_balancing.target_group_arn
  log_retention_days = var.log_retention_days
  kms_key_arn        = module.encryption.key_arn

  image                              = var.service_image
  cpu                                = var.service.cpu
  memory                             = var.service.memory
  desired_count                      = var.service.desired_count
  min_count                          = var.service.min_count
  max_count                          = var.service.max_count
  deployment_minimum_healthy_percent = var.service.minimum_healthy_percent

  environment_variables = {
    ENVIRONMENT   = var.environment
    DATABASE_HOST = module.database.address
    DATABASE_NAME = "app"
    REDIS_HOST    = module.cache.primary_endpoint_address
  }
  secrets = {
    DATABASE_USER     = "${module.database.master_secret_arn}:username::"
    DATABASE_PASSWORD = "${module.database.master_secret_arn}:password::"
  }
  readable_secret_arns = { database = module.database.master_secret_arn }
}

module "observability" {
  source = "../modules/observability"

  project                 = var.project
  environment             = var.environment
  sns_topic_arn           = local.alert_topic_arns["critical"]
  warning_sns_topic_arn   = local.alert_topic_arns["warning"]
  alb_arn_suffix          = module.load_balancing.load_balancer_arn_suffix
  target_group_arn_suffix = module.load_balancing.target_group_arn_suffix
  ecs_cluster_name        = module.ecs_cluster.cluster_name
  ecs_service_name        = module.ecs_service.service_name
  rds_instance_id         = module.database.id
  redis_cluster_id        = module.cache.primary_cluster_id
  max_connections         = module.database.max_connections
}
