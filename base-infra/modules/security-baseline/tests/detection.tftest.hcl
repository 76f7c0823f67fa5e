# GuardDuty, Inspector, Access Analyzer and the conformance pack; the tables are golden copies.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }
}

variables {
  project       = "cloudplatform"
  environment   = "global"
  region        = "us-east-1"
  account_id    = "000000000000"
  kms_key_arn   = "arn:aws:kms:us-east-1:000000000000:key/mock"
  trail_bucket  = "trail"
  config_bucket = "config"
}

run "guardduty_watches_what_the_platform_uses" {
  command = apply

  assert {
    condition     = aws_guardduty_detector.this.enable && aws_guardduty_detector.this.finding_publishing_frequency == "FIFTEEN_MINUTES"
    error_message = "The detector is on, and tells of repeated findings after a quarter of an hour."
  }

  assert {
    condition = jsonencode({ for name, f in aws_guardduty_detector_feature.this : name => f.status }) == jsonencode({
      EBS_MALWARE_PROTECTION = "DISABLED"
      EKS_AUDIT_LOGS         = "DISABLED"
      LAMBDA_NETWORK_LOGS    = "ENABLED"
      RDS_LOGIN_EVENTS       = "ENABLED"
      S3_DATA_EVENTS         = "ENABLED"
    })
    error_message = "A protection that is not mentioned keeps what AWS chose, on or off."
  }

  assert {
    condition = jsonencode([
      aws_guardduty_detector_feature.runtime.status,
      { for a in aws_guardduty_detector_feature.runtime.additional_configuration : a.name => a.status },
      ]) == jsonencode(["DISABLED", {
        EC2_AGENT_MANAGEMENT         = "DISABLED"
        ECS_FARGATE_AGENT_MANAGEMENT = "DISABLED"
        EKS_ADDON_MANAGEMENT         = "DISABLED"
    }])
    error_message = "Agents in tasks need an endpoint and rights that the platform does not give by default."
  }

  assert {
    condition     = alltrue([for f in aws_guardduty_detector_feature.this : f.detector_id == aws_guardduty_detector.this.id])
    error_message = "Protections belong to our detector."
  }
}

run "agents_in_fargate_tasks_can_be_turned_on" {
  command = apply

  variables {
    guardduty_features = { RUNTIME_MONITORING = true, ECS_FARGATE_AGENT_MANAGEMENT = true, S3_DATA_EVENTS = false }
  }

  assert {
    condition = jsonencode([
      aws_guardduty_detector_feature.runtime.status,
      terraform_data.guardduty_agents.output.ECS_FARGATE_AGENT_MANAGEMENT,
      terraform_data.guardduty_agents.output.EC2_AGENT_MANAGEMENT,
      aws_guardduty_detector_feature.this["S3_DATA_EVENTS"].status,
      aws_guardduty_detector_feature.this["RDS_LOGIN_EVENTS"].status,
    ]) == jsonencode(["ENABLED", "ENABLED", "DISABLED", "DISABLED", "ENABLED"])
    error_message = "What is named differs, the rest keeps the module's choice."
  }
}

run "an_agent_without_its_protection_is_refused" {
  command = plan

  variables {
    guardduty_features = { ECS_FARGATE_AGENT_MANAGEMENT = true }
  }

  expect_failures = [var.guardduty_features]
}

run "a_protection_that_nobody_knows_is_refused" {
  command = plan

  variables {
    guardduty_features = { EKS_RUNTIME_MONITORING = true }
  }

  expect_failures = [var.guardduty_features]
}

run "images_are_scanned" {
  command = plan

  assert {
    condition     = join(" ", aws_inspector2_enabler.this.resource_types) == "ECR" && join(" ", aws_inspector2_enabler.this.account_ids) == "000000000000"
    error_message = "Inspector looks at the images of this account."
  }
}

run "functions_are_scanned_when_asked_for" {
  command = plan

  variables {
    scan_functions = true
  }

  assert {
    condition     = join(" ", sort(aws_inspector2_enabler.this.resource_types)) == "ECR LAMBDA"
    error_message = "Functions must be looked at beside images, not instead."
  }
}

run "sharing_is_analyzed_always_and_unused_access_when_asked_for" {
  command = plan

  assert {
    condition     = aws_accessanalyzer_analyzer.this.type == "ACCOUNT" && length(aws_accessanalyzer_analyzer.unused) == 0
    error_message = "The analyzer of sharing costs nothing; the other does."
  }
}

run "unused_access_is_counted_in_days" {
  command = plan

  variables {
    unused_access_days = 90
  }

  assert {
    condition     = aws_accessanalyzer_analyzer.unused[0].type == "ACCOUNT_UNUSED_ACCESS" && aws_accessanalyzer_analyzer.unused[0].configuration[0].unused_access[0].unused_access_age == 90
    error_message = "The age must reach the analyzer."
  }
}

run "unused_access_of_no_days_is_refused" {
  command = plan

  variables {
    unused_access_days = 0
  }

  expect_failures = [var.unused_access_days]
}

run "the_pack_asks_for_what_the_platform_promises" {
  command = plan

  assert {
    condition = jsonencode(sort([
      for r in values(yamldecode(aws_config_conformance_pack.this[0].template_body).Resources) : r.Properties.Source.SourceIdentifier
      ])) == jsonencode([
      "ACCESS_KEYS_ROTATED", "ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK", "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
      "CMK_BACKING_KEY_ROTATION_ENABLED", "CW_LOGGROUP_RETENTION_PERIOD_CHECK", "DB_INSTANCE_BACKUP_ENABLED",
      "EC2_EBS_ENCRYPTION_BY_DEFAULT", "ECS_CONTAINERS_READONLY_ACCESS", "ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST",
      "ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT", "GUARDDUTY_ENABLED_CENTRALIZED", "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
      "RDS_STORAGE_ENCRYPTED", "ROOT_ACCOUNT_MFA_ENABLED", "S3_BUCKET_SSL_REQUESTS_ONLY", "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    ])
    error_message = "A promise of the platform is not checked."
  }

  assert {
    condition = alltrue([
      for id, r in yamldecode(aws_config_conformance_pack.this[0].template_body).Resources :
      r.Type == "AWS::Config::ConfigRule" && r.Properties.Source.Owner == "AWS" && can(regex("^[A-Za-z0-9]+$", id))
    ])
    error_message = "Every entry is a managed rule, under a name that a template may have."
  }

  assert {
    condition     = yamldecode(aws_config_conformance_pack.this[0].template_body).Resources.AccessKeysRotated.Properties.InputParameters.maxAccessKeyAge == "90"
    error_message = "A rule with a measure must be given it."
  }
}

run "the_pack_can_be_left_out" {
  command = plan

  variables {
    enable_conformance_pack = false
  }

  assert {
    condition     = length(aws_config_conformance_pack.this) == 0 && output.conformance_pack_arn == null
    error_message = "An account that has a pack of its organization must be possible."
  }
}

run "an_unknown_version_of_the_benchmark_is_refused" {
  command = plan

  variables {
    cis_version = "1.2.0"
  }

  expect_failures = [var.cis_version]
}
