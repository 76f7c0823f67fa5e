mock_provider "aws" {
  mock_resource "aws_route53_zone" {
    defaults = {
      id           = "Z0000000000000"
      zone_id      = "Z0000000000000"
      arn          = "arn:aws:route53:::hostedzone/Z0000000000000"
      name_servers = ["ns-1.example.org", "ns-2.example.org", "ns-3.example.org", "ns-4.example.org"]
    }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:000000000000:key/mock" }
  }
}

variables {
  project     = "cloudplatform"
  region      = "us-east-1"
  account_id  = "000000000000"
  domain_name = "example.com"
}

run "the_zone_is_public_and_keeps_its_records" {
  command = apply

  assert {
    condition     = aws_route53_zone.this.name == "example.com" && length(aws_route53_zone.this.vpc) == 0 && !aws_route53_zone.this.force_destroy
    error_message = "The zone is public, and is not deleted with records in it."
  }

  assert {
    condition     = aws_route53_zone.this.tags.Name == "cloudplatform-global-zone"
    error_message = "Names do not follow project-environment-type."
  }

  assert {
    condition     = output.zone_id == "Z0000000000000" && output.zone_arn == "arn:aws:route53:::hostedzone/Z0000000000000" && length(output.name_servers) == 4
    error_message = "What environments and registrar need is not given out."
  }
}

run "it_is_not_signed_unasked" {
  command = plan

  assert {
    condition     = length(aws_kms_key.dnssec) + length(aws_kms_alias.dnssec) + length(aws_route53_key_signing_key.this) + length(aws_route53_hosted_zone_dnssec.this) == 0 && output.ds_record == null
    error_message = "DNSSEC is turned on by someone who then tells the registrar."
  }
}

run "signing_uses_a_key_that_only_route_53_signs_with" {
  command = apply

  variables {
    enable_dnssec = true
  }

  assert {
    condition     = aws_kms_key.dnssec[0].customer_master_key_spec == "ECC_NIST_P256" && aws_kms_key.dnssec[0].key_usage == "SIGN_VERIFY" && aws_kms_key.dnssec[0].deletion_window_in_days == 30
    error_message = "Route 53 takes one kind of key only."
  }

  assert {
    condition = jsonencode(jsondecode(aws_kms_key.dnssec[0].policy).Statement) == jsonencode([
      {
        Sid       = "AccountAdministersButDoesNotSign"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::000000000000:root" }
        Action = [
          "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey",
          "kms:EnableKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:GetPublicKey", "kms:ListGrants",
          "kms:ListKeyPolicies", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant",
          "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]
        Resource = "*"
      },
      {
        Sid       = "Route53SignsOwnZone"
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "000000000000" }
          ArnEquals    = { "aws:SourceArn" = "arn:aws:route53:::hostedzone/Z0000000000000" }
        }
      },
      {
        Sid       = "Route53KeepsGrant"
        Effect    = "Allow"
        Principal = { Service = "dnssec-route53.amazonaws.com" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ])
    error_message = "The signing key's policy is not as agreed."
  }

  assert {
    condition = (
      aws_route53_key_signing_key.this[0].hosted_zone_id == "Z0000000000000" &&
      aws_route53_key_signing_key.this[0].key_management_service_arn == aws_kms_key.dnssec[0].arn &&
      aws_route53_hosted_zone_dnssec.this[0].hosted_zone_id == "Z0000000000000" &&
      output.ds_record == aws_route53_key_signing_key.this[0].ds_record
    )
    error_message = "The zone is not signed with that key."
  }
}

run "a_signing_key_elsewhere_is_refused" {
  command = plan

  variables {
    enable_dnssec = true
    region        = "eu-west-1"
  }

  expect_failures = [var.enable_dnssec]
}

run "a_trailing_dot_is_refused" {
  command = plan

  variables {
    domain_name = "example.com."
  }

  expect_failures = [var.domain_name]
}
