bucket       = "opsplane-global-tfstate"
key          = "global/terraform.tfstate"
region       = "us-east-1"
encrypt      = true
use_lockfile = true
