# One per account and region. Rules choose repositories by name, not images by tag: what prod runs cannot be watched
# apart from the rest of its repository.
resource "aws_ecr_registry_scanning_configuration" "this" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "SCAN_ON_PUSH"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }

  # A repository that both rules choose is scanned continuously.
  dynamic "rule" {
    for_each = var.continuous_scan ? [var.project] : []

    content {
      scan_frequency = "CONTINUOUS_SCAN"

      repository_filter {
        filter      = "${rule.value}-*"
        filter_type = "WILDCARD"
      }
    }
  }
}
