locals {
  # Exactly what a push needs, to the named repositories.
  build_statements = {
    # The login knows no resource.
    RegistryLogin = {
      actions = ["ecr:GetAuthorizationToken"]
    }
    PushImages = {
      actions = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      resources = sort(var.repository_arns)
    }
  }
}
