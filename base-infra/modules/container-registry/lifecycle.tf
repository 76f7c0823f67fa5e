locals {
  # One repository is shared by all environments, so images are counted for each kind of tag: ten builds of a busy day
  # in dev must not expire what prod runs. An image belongs to the first rule whose tags it has, and only that rule can
  # expire it: one that carries prod-… and sha-… counts as prod's.
  kept_prefixes = ["prod-", "staging-", "dev-", "sha-"]

  keep_rules = [
    for index, prefix in local.kept_prefixes : {
      rulePriority = index + 1
      description  = "Keep the last ${var.keep_images} images tagged ${prefix}"
      selection    = { tagStatus = "tagged", tagPrefixList = [prefix], countType = "imageCountMoreThan", countNumber = var.keep_images }
      action       = { type = "expire" }
    }
  ]

  untagged_rule = {
    rulePriority = length(local.kept_prefixes) + 1
    description  = "Delete what has no tag after ${var.untagged_days} days"
    selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = var.untagged_days }
    action       = { type = "expire" }
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy     = jsonencode({ rules = concat(local.keep_rules, [local.untagged_rule]) })
}
