owner       = "charith"
domain_name = "example.com"

# The form with ids is what repositories made since mid-2026 send; the ids are printed by:
# gh api repos/OWNER/NAME --jq '"repo:\(.owner.login)@\(.owner.id)/\(.name)@\(.id)"'
github_subject_prefixes = ["repo:example-org/cloud-platform-aws"]
