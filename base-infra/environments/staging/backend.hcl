# The bucket holds the account's id and is given at init: scripts/init-backend staging
# It encrypts with our key by itself; encrypt = true would ask for another encryption, which it refuses.
key          = "staging/terraform.tfstate"
region       = "us-east-1"
use_lockfile = true
