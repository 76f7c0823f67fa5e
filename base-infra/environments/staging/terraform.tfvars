environment         = "staging"
owner               = "charith"
domain_name         = "example.com"
log_retention_days  = 60
deletion_protection = false

network = {
  vpc_cidr             = "10.1.0.0/16"
  availability_zones   = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnet_cidrs  = ["10.1.1.0/24", "10.1.2.0/24", "10.1.3.0/24"]
  private_subnet_cidrs = ["10.1.11.0/24", "10.1.12.0/24", "10.1.13.0/24"]
  data_subnet_cidrs    = ["10.1.21.0/24", "10.1.22.0/24", "10.1.23.0/24"]
}

service = {
  cpu           = 512
  memory        = 1024
  desired_count = 2
  min_count     = 2
  max_count     = 4
}

database = {
  instance_class          = "db.t4g.small"
  allocated_storage       = 50
  backup_retention_period = 14
  performance_insights    = true
  monitoring_interval     = 60
}

cache = {
  node_type = "cache.t4g.small"
}
