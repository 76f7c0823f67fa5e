environment         = "prod"
owner               = "charith"
domain_name         = "example.com"
log_retention_days  = 90
deletion_protection = true
enable_health_check = true

network = {
  vpc_cidr                 = "10.2.0.0/16"
  availability_zones       = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnet_cidrs      = ["10.2.1.0/24", "10.2.2.0/24", "10.2.3.0/24"]
  private_subnet_cidrs     = ["10.2.11.0/24", "10.2.12.0/24", "10.2.13.0/24"]
  data_subnet_cidrs        = ["10.2.21.0/24", "10.2.22.0/24", "10.2.23.0/24"]
  nat_gateway_per_zone     = true
  interface_endpoint_zones = 3
}

service = {
  cpu                     = 1024
  memory                  = 2048
  desired_count           = 3
  min_count               = 3
  max_count               = 9
  minimum_healthy_percent = 100
}

database = {
  instance_class          = "db.t4g.medium"
  allocated_storage       = 100
  max_allocated_storage   = 500
  multi_az                = true
  backup_retention_period = 30
  performance_insights    = true
  monitoring_interval     = 60
}

cache = {
  node_type               = "cache.t4g.medium"
  replica_count           = 1
  snapshot_retention_days = 7
}

backup_vault_lock_days = 7
