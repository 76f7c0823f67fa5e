# When and which images are scanned is a setting of the registry: modules/container-registry.
resource "aws_inspector2_enabler" "this" {
  account_ids    = [var.account_id]
  resource_types = var.scan_functions ? ["ECR", "LAMBDA"] : ["ECR"]
}
