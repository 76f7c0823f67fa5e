resource "aws_accessanalyzer_analyzer" "this" {
  analyzer_name = "${local.name}-access-analyzer"
  type          = "ACCOUNT"

  tags = merge(var.tags, { Name = "${local.name}-access-analyzer" })
}
