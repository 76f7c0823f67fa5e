# AWS refuses a key that it has not yet seen on a billed resource, which takes it up to a day: apply the environments first,
# then name the keys. Costs from before the activation stay without the tag.
resource "aws_ce_cost_allocation_tag" "this" {
  for_each = var.allocation_tags

  tag_key = each.value
  status  = "Active"
}
