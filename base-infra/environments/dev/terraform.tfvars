environment         = "dev"
owner               = "charith"
domain_name         = "example.com"
log_retention_days  = 30
deletion_protection = false

network = {
  vpc_cidr             = "10.0.0.0/16"
  availability_zones   = ["us-east-1a", "us-east-1b", "us-east-1c"]
  public_subnet_cidrs  = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
  private_subnet_cidrs = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]
  data_subnet_cidrs    = ["10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"]
}

service = {
  cpu           = 256
  memory        = 512
  desired_count = 1
  min_count     = 1
  max_count     = 2
}

database = {
  instance_class          = "db.t4g.micro"
  allocated_storage       = 20
  backup_retention_period = 7
}

cache = {
  node_type = "cache.t4g.micro"
}
