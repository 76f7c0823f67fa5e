"""Where live infrastructure no longer matches its Terraform state."""
