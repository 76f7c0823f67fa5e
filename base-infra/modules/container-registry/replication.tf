resource "aws_ecr_replication_configuration" "this" {
  count = var.replication_region == null ? 0 : 1

  replication_configuration {
    rule {
      destination {
        region      = var.replication_region
        registry_id = var.account_id
      }

      repository_filter {
        filter      = "${var.project}-"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
