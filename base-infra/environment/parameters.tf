# What the fleet and people's tools learn about the base. Names are a contract: add, do not rename.
locals {
  parameters = {
    vpc-id                         = module.networking.vpc_id
    public-subnet-ids              = join(",", module.networking.public_subnet_ids)
    private-subnet-ids             = join(",", module.networking.private_subnet_ids)
    data-subnet-ids                = join(",", module.networking.data_subnet_ids)
    alb-security-group-id          = module.networking.alb_security_group_id
    app-security-group-id          = module.networking.app_security_group_id
    rds-security-group-id          = module.networking.rds_security_group_id
    redis-security-group-id        = module.networking.redis_security_group_id
    vpc-endpoint-security-group-id = module.networking.vpc_endpoint_security_group_id
    kms-key-arn                    = module.encryption.key_arn
    alb-arn                        = module.load_balancing.load_balancer_arn
    alb-dns-name                   = module.load_balancing.dns_name
    api-name                       = module.dns.api_name
    ecs-cluster-name               = module.ecs_cluster.cluster_name
    ecs-service-name               = module.ecs_service.service_name
    database-id                    = module.database.id
    database-address               = module.database.address
    database-secret-arn            = module.database.master_secret_arn
    cache-id                       = module.cache.id
    cache-address                  = module.cache.primary_endpoint_address
    application-log-group          = module.ecs_service.log_group_name
    flow-log-group                 = module.networking.flow_log_group_name
    logs-bucket                    = module.logs.id
    backups-bucket                 = module.backups.id
    web-acl-arn                    = module.web_acl.web_acl_arn
    permissions-boundary-arn       = local.permissions_boundary_arn
    dashboard-name                 = module.observability.dashboard_name
    backup-vault-arn               = module.backup_plan.vault_arn
  }
}

resource "aws_ssm_parameter" "base" {
  # checkov:skip=CKV2_AWS_34:names and ids, nothing secret, so that readers need no right to a key
  for_each = local.parameters

  name        = "/opsplane/${var.environment}/base/${each.key}"
  description = "${each.key} of ${local.name}, written by Terraform"
  type        = "String"
  value       = each.value
}
