resource "aws_accessanalyzer_analyzer" "this" {
  analyzer_name = "${local.name}-access-analyzer"
  type          = "ACCOUNT"

  tags = merge(var.tags, { Name = "${local.name}-access-analyzer" })
}

resource "aws_accessanalyzer_analyzer" "unused" {
  count = var.unused_access_days == null ? 0 : 1

  analyzer_name = "${local.name}-access-analyzer-unused"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = var.unused_access_days
    }
  }

  tags = merge(var.tags, { Name = "${local.name}-access-analyzer-unused" })
}
