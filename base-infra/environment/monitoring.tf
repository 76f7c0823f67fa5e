module "observability" {
  source = "../modules/observability"

  project                 = var.project
  environment             = var.environment
  region                  = var.region
  sns_topic_arn           = local.alert_topic_arns["critical"]
  warning_sns_topic_arn   = local.alert_topic_arns["warning"]
  alb_arn_suffix          = module.load_balancing.load_balancer_arn_suffix
  target_group_arn_suffix = module.load_balancing.target_group_arn_suffix
  ecs_cluster_name        = module.ecs_cluster.cluster_name
  rds_instance_id         = module.database.id
  redis_cluster_id        = module.cache.primary_cluster_id
  replica_count           = var.cache.replica_count
  log_group_name          = module.ecs_service.log_group_name
  min_count               = var.service.min_count
  max_connections         = module.database.max_connections
  database_memory_bytes   = module.database.memory_bytes
  thresholds              = var.alarm_thresholds
  health_check            = { enabled = var.enable_health_check, id = module.dns.health_check_id }

  # Put together here: the service waits for its rollback alarm, so the alarm cannot wait for the service.
  ecs_service_name = "${local.name}-service-${local.service_name}"
}
