# Where the state lies is said at init: terraform init -backend-config=../environments/global/backend.hcl
terraform {
  backend "s3" {}
}
