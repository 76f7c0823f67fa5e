locals {
  # Puts an image into service: a new revision of one task definition, migrations as a task of their own, then the one
  # service. Nothing here deletes anything.
  deploy_statements = {
    for environment in local.environments : "deploy-${environment}" => {
      # Descriptions of revisions know no resource.
      DescribeRevisions = {
        actions = ["ecs:DescribeTaskDefinition"]
      }
      RegisterRevisions = {
        actions   = ["ecs:RegisterTaskDefinition", "ecs:TagResource"]
        resources = [local.own[environment].revisions]
      }
      UpdateService = {
        actions   = ["ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:UpdateService"]
        resources = [local.own[environment].service]
      }
      # A deployment has an ARN under that of its service.
      WatchDeployments = {
        actions   = ["ecs:DescribeServiceDeployments"]
        resources = [local.own[environment].service, replace("${local.own[environment].service}/*", ":service/", ":service-deployment/")]
      }
      RunMigrations = {
        actions   = ["ecs:RunTask"]
        resources = [local.own[environment].revisions]
        when      = { ArnEquals = { "ecs:cluster" = local.own[environment].cluster } }
      }
      WatchMigrations = {
        actions   = ["ecs:DescribeTasks"]
        resources = [local.own[environment].tasks]
      }
      PassTaskRoles = {
        actions   = ["iam:PassRole"]
        resources = local.own[environment].task_roles
        when      = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      }
      # What was deployed gets the environment's tag. ECR cannot confine a right to a tag.
      RecordImages = {
        actions   = ["ecr:BatchGetImage", "ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:PutImage"]
        resources = sort(var.repository_arns)
      }
      # Alarms are looked at while a deployment bakes; their description knows no resource.
      WatchAlarms = {
        actions = ["cloudwatch:DescribeAlarms"]
      }
    }
  }
}
