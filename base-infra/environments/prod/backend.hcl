bucket       = "opsplane-prod-tfstate"
key          = "environment/terraform.tfstate"
region       = "us-east-1"
encrypt      = true
use_lockfile = true
