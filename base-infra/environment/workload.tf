locals {
  service_name     = "fastapi"
  log_group_prefix = "arn:aws:logs:${var.region}:${var.account_id}:log-group:"

  # What a task reads: the password from the secret that RDS rotates, the rest from the environment's own.
  task_secrets = {
    DATABASE_USER     = "${module.database.master_secret_arn}:username::"
    DATABASE_PASSWORD = "${module.database.master_secret_arn}:password::"
    REDIS_AUTH_TOKEN  = "${module.secrets.arns["redis-auth-token"]}:token::"
    JWT_SECRET        = module.secrets.arns["jwt-secret"]
    EXTERNAL_API_KEYS = module.secrets.arns["external-api-keys"]
    SLACK_WEBHOOK_URL = "${module.secrets.arns["slack-webhook"]}:url::"
  }

  readable_secret_arns = merge(
    { database-password = module.database.master_secret_arn },
    { for use, arn in module.secrets.arns : use => arn if use != "slack-webhook" },
  )
}

module "ecs_cluster" {
  source = "../modules/ecs-cluster"

  project                  = var.project
  environment              = var.environment
  account_id               = var.account_id
  spot_weight              = var.service.spot_weight
  enable_execute_command   = var.service.enable_execute_command
  log_retention_days       = var.log_retention_days
  repository_arns          = ["arn:aws:ecr:${var.region}:${var.account_id}:repository/${var.project}-service"]
  log_group_arns           = ["${local.log_group_prefix}/ecs/${var.environment}/${local.service_name}"]
  secret_arns              = merge(local.readable_secret_arns, { slack-webhook = module.secrets.arns["slack-webhook"] })
  kms_key_arn              = module.encryption.key_arn
  permissions_boundary_arn = local.permissions_boundary_arn
}

module "ecs_service" {
  source = "../modules/ecs-service"

  project                  = var.project
  environment              = var.environment
  region                   = var.region
  account_id               = var.account_id
  service_name             = local.service_name
  cluster_arn              = module.ecs_cluster.cluster_arn
  cluster_name             = module.ecs_cluster.cluster_name
  execution_role_arn       = module.ecs_cluster.execution_role_arn
  subnet_ids               = module.networking.private_subnet_ids
  security_group_ids       = [module.networking.app_security_group_id]
  target_group_arn         = module.load_balancing.target_group_arn
  request_count_label      = module.load_balancing.request_count_label
  log_retention_days       = var.log_retention_days
  kms_key_arn              = module.encryption.key_arn
  permissions_boundary_arn = local.permissions_boundary_arn

  image                              = var.service_image
  cpu                                = var.service.cpu
  memory                             = var.service.memory
  desired_count                      = var.service.desired_count
  min_count                          = var.service.min_count
  max_count                          = var.service.max_count
  spot_weight                        = var.service.spot_weight
  requests_per_target                = var.service.requests_per_target
  enable_execute_command             = var.service.enable_execute_command
  execute_command_log_group_arn      = module.ecs_cluster.execute_command_log_group_arn
  deployment_minimum_healthy_percent = var.service.minimum_healthy_percent
  rollback_alarm_names               = [module.observability.alarm_names["alb-5xx"]]

  environment_variables = {
    ENVIRONMENT            = var.environment
    DATABASE_HOST          = module.database.address
    DATABASE_NAME          = "app"
    REDIS_HOST             = module.cache.primary_endpoint_address
    OPSPLANE_ENVIRONMENT   = var.environment
    OPSPLANE_ALLOWED_HOSTS = module.dns.api_name
  }
  secrets              = local.task_secrets
  readable_secret_arns = local.readable_secret_arns
  object_access        = { bucket_arn = module.backups.arn, prefix = "app" }
}
