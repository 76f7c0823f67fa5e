locals {
  artefacts = "arn:aws:s3:::aws-sam-cli-managed-default-*"

  # The pipeline hands a template to CloudFormation and looks on; what is then made, CloudFormation makes, as a role that
  # only it may be.
  deploy_fleet_statements = {
    for environment in local.environments : "deploy-fleet-${environment}" => {
      ChangeStack = {
        actions = ["cloudformation:CreateChangeSet"]
        resources = [
          "arn:aws:cloudformation:${var.region}:${var.account_id}:stack/${local.own[environment].fleet}/*",
          "arn:aws:cloudformation:${var.region}:aws:transform/Serverless-2016-10-31",
        ]
        when = { StringEquals = { "cloudformation:RoleArn" = "${local.role_arn}fleet-stack-${environment}" } }
      }
      ExecuteChange = {
        actions   = ["cloudformation:ExecuteChangeSet", "cloudformation:TagResource"]
        resources = ["arn:aws:cloudformation:${var.region}:${var.account_id}:stack/${local.own[environment].fleet}/*"]
      }
      WatchStack = {
        actions = [
          "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks",
          "cloudformation:GetTemplateSummary", "cloudformation:ListStackResources",
        ]
        resources = [
          for stack in [local.own[environment].fleet, "aws-sam-cli-managed-default"] :
          "arn:aws:cloudformation:${var.region}:${var.account_id}:stack/${stack}/*"
        ]
      }
      UploadArtefacts = {
        actions   = ["s3:GetObject", "s3:PutObject"]
        resources = ["${local.artefacts}/${local.own[environment].fleet}/*"]
      }
      FindArtefacts = {
        actions   = ["s3:GetBucketLocation", "s3:ListBucket"]
        resources = [local.artefacts]
      }
      PassStackRole = {
        actions   = ["iam:PassRole"]
        resources = ["${local.role_arn}fleet-stack-${environment}"]
        when      = { StringEquals = { "iam:PassedToService" = "cloudformation.amazonaws.com" } }
      }
    }
  }

  fleet_stack_statements = {
    for environment in local.environments : "fleet-stack-${environment}" => {
      MakeWhatIsNamedSo = {
        actions = [
          "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:*agResource",
          "dynamodb:*agResource", "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:Describe*", "dynamodb:List*",
          "dynamodb:Update*", "events:*agResource", "events:*Targets", "events:Create*", "events:Delete*", "events:Describe*",
          "events:List*", "events:Put*", "events:Update*", "lambda:*Permission", "lambda:*agResource", "lambda:Create*",
          "lambda:Delete*", "lambda:Get*", "lambda:List*", "lambda:Publish*", "lambda:Put*", "lambda:Update*",
          "logs:*agResource", "logs:*RetentionPolicy", "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup",
          "logs:List*", "s3:CreateBucket", "s3:DeleteBucketPolicy", "s3:GetBucket*", "s3:Put*Configuration",
          "s3:PutBucket*", "scheduler:*Schedule", "secretsmanager:*agResource",
          "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:DescribeSecret",
          "secretsmanager:GetResourcePolicy", "secretsmanager:UpdateSecret", "sns:*agResource", "sns:Create*", "sns:Delete*",
          "sns:Get*", "sns:List*", "sns:Set*", "sns:Subscribe", "sqs:*ag*Queue*", "sqs:CreateQueue",
          "sqs:DeleteQueue", "sqs:GetQueue*", "sqs:Set*", "ssm:*Resource", "ssm:DeleteParameter*", "ssm:GetParameter*",
          "ssm:PutParameter",
        ]
        resources = concat(
          [
            for arn in [
              "cloudwatch:%s:%s:alarm:", "dynamodb:%s:%s:table/", "events:%s:%s:rule/", "events:%s:%s:event-bus/",
              "events:%s:%s:archive/", "lambda:%s:%s:function:", "lambda:%s:%s:layer:", "logs:%s:%s:log-group:/aws/lambda/",
              "scheduler:%s:%s:schedule/default/", "sqs:%s:%s:",
            ] : "arn:aws:${format(arn, var.region, var.account_id)}${local.own[environment].fleet}*"
          ],
          [
            "arn:aws:s3:::${local.own[environment].fleet}-*",
            "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:opsplane/${environment}/*",
            "arn:aws:sns:${var.region}:${var.account_id}:${environment}-*-alerts*",
            "arn:aws:ssm:${var.region}:${var.account_id}:parameter/opsplane/${environment}/*",
          ],
        )
      }
      # APIs and event sources have ids, not names; those with another environment's tag are denied.
      MakeWhatHasNoName = {
        actions = ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"]
        resources = [
          "arn:aws:apigateway:${var.region}::/apis", "arn:aws:apigateway:${var.region}::/apis/*",
          "arn:aws:apigateway:${var.region}::/tags/*",
        ]
      }
      MakeEventSources = {
        actions   = ["lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"]
        resources = ["*"]
        when      = { ArnLike = { "lambda:FunctionArn" = "arn:aws:lambda:${var.region}:${var.account_id}:function:${local.own[environment].fleet}-*" } }
      }
      # CloudFormation tags the notifier's event source. Its ARN ends in an id that is not known before.
      TagEventSources = {
        actions   = ["lambda:ListTags", "lambda:TagResource", "lambda:UntagResource"]
        resources = ["arn:aws:lambda:${var.region}:${var.account_id}:event-source-mapping:*"]
      }
      # Lists, and the end of a subscription, know no resource.
      WithoutResource = {
        actions = [
          "lambda:GetEventSourceMapping", "lambda:ListEventSourceMappings", "logs:DescribeLogGroups",
          "scheduler:ListSchedules", "sns:Unsubscribe", "ssm:DescribeParameters",
        ]
      }
      ReadArtefacts = {
        actions   = ["s3:GetObject"]
        resources = ["${local.artefacts}/${local.own[environment].fleet}/*"]
      }
      MakeBoundedRoles = {
        actions = [
          "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
          "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
        ]
        resources = ["arn:aws:iam::${var.account_id}:role/${local.own[environment].fleet}-*"]
        when      = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns[environment] } }
      }
      # The remediator's rights, one policy for each family of playbooks; its boundary keeps them within bounds.
      MakePolicies = {
        actions   = ["iam:*PolicyVersion*", "iam:*agPolicy", "iam:CreatePolicy", "iam:DeletePolicy", "iam:GetPolicy"]
        resources = ["arn:aws:iam::${var.account_id}:policy/${local.own[environment].fleet}-*"]
      }
      # Enrolled accounts send to the account's own bus.
      LetAccountsIn = {
        actions   = ["events:DescribeEventBus", "events:PutPermission", "events:RemovePermission"]
        resources = ["arn:aws:events:${var.region}:${var.account_id}:event-bus/default"]
      }
      KeepRoles = {
        actions   = ["iam:DeleteRole", "iam:GetRole*", "iam:List*", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole*"]
        resources = ["arn:aws:iam::${var.account_id}:role/${local.own[environment].fleet}-*"]
      }
      PassRoles = {
        actions   = ["iam:PassRole"]
        resources = ["arn:aws:iam::${var.account_id}:role/${local.own[environment].fleet}-*"]
        when      = { StringEquals = { "iam:PassedToService" = ["lambda.amazonaws.com", "scheduler.amazonaws.com"] } }
      }
      # Encrypted tables, queues and logs: CloudFormation asks on behalf of their services.
      UseOwnKey = {
        actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
        resources = local.any_key
        when      = { StringEquals = { "aws:ResourceTag/Environment" = environment } }
      }
    }
  }
}

resource "aws_iam_role" "fleet_stack" {
  for_each = toset(local.environments)

  name                 = "${local.role_prefix}fleet-stack-${each.key}"
  description          = "Makes what the fleet's template describes in ${each.key}"
  permissions_boundary = var.permissions_boundary_arn

  # No condition on the source: CloudFormation is not known to send one, and a role is only used by who may pass it.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "cloudformation.amazonaws.com" }
    }]
  })

  tags = merge(var.tags, { Name = "${local.role_prefix}fleet-stack-${each.key}" })
}
