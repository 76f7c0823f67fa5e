# Who may publish, and who hears of it.
mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts" }
  }
}

variables {
  project     = "cloudplatform"
  environment = "global"
  name        = "alerts"
  account_id  = "000000000000"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000"
}

run "the_topic_is_named_and_encrypted_with_the_given_key" {
  command = plan

  assert {
    condition     = aws_sns_topic.this.name == "cloudplatform-global-alerts" && aws_sns_topic.this.tags["Name"] == "cloudplatform-global-alerts"
    error_message = "A topic is named <project>-<environment>-<name>."
  }

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.kms_key_arn
    error_message = "Messages wait for delivery under our key."
  }
}

run "four_services_may_publish_and_nobody_else" {
  command = apply

  assert {
    condition = jsonencode(jsondecode(aws_sns_topic_policy.this.policy).Statement) == jsonencode([
      {
        Sid       = "AlarmsAndCostsOfThisAccount"
        Effect    = "Allow"
        Principal = { Service = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "costalerts.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
        Condition = { StringEquals = { "aws:SourceAccount" = "000000000000" } }
      },
      {
        Sid       = "EventRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
      },
      {
        Sid       = "NobodyOnBehalfOfAnotherAccount"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
        Condition = {
          Null            = { "aws:SourceAccount" = "false" }
          StringNotEquals = { "aws:SourceAccount" = "000000000000" }
        }
      },
      {
        Sid       = "OnlyOverTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["sns:Publish", "sns:Subscribe"]
        Resource  = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ])
    error_message = "The topic policy lets in somebody else, or shuts out a service whose alerts would be lost."
  }
}

run "every_address_is_subscribed_by_email" {
  command = plan

  variables {
    email_addresses = ["oncall@example.com", "owner@example.com"]
  }

  assert {
    condition     = jsonencode([for s in aws_sns_topic_subscription.email : "${s.protocol} ${s.endpoint}"]) == jsonencode(["email oncall@example.com", "email owner@example.com"])
    error_message = "Each address gets its own subscription."
  }
}

run "nobody_is_subscribed_unasked" {
  command = plan

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 0
    error_message = "Without addresses there are no subscriptions."
  }
}

run "an_address_with_a_name_around_it_is_refused" {
  command = plan

  variables {
    email_addresses = ["On Call <oncall@example.com>"]
  }

  expect_failures = [var.email_addresses]
}

run "two_addresses_in_one_are_refused" {
  command = plan

  variables {
    email_addresses = ["a@example.com,b@example.com"]
  }

  expect_failures = [var.email_addresses]
}

# Guards against a topic under the AWS-managed key, to which no alarm can publish.
run "a_key_by_alias_is_refused" {
  command = plan

  variables {
    kms_key_arn = "alias/aws/sns"
  }

  expect_failures = [var.kms_key_arn]
}

run "an_account_by_name_is_refused" {
  command = plan

  variables {
    account_id = "production"
  }

  expect_failures = [var.account_id]
}
