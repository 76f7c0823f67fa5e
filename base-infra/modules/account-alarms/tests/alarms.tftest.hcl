# What rings, after how many records, in how many seconds, and where the reader is sent: a golden copy.
mock_provider "aws" {}

variables {
  project        = "cloudplatform"
  environment    = "global"
  log_group_name = "/aws/cloudtrail/cloudplatform-global"
  topic_arn      = "arn:aws:sns:us-east-1:000000000000:cloudplatform-global-alerts"
}

run "what_rings_when_is_as_written_down" {
  command = plan

  assert {
    condition = jsonencode({
      for key, a in aws_cloudwatch_metric_alarm.this :
      key => "${a.threshold} in ${a.period} s, ${one(regex("docs/runbooks/([a-z0-9-]+)\\.md$", a.alarm_description))}"
      }) == jsonencode({
      break-glass            = "1 in 300 s, break-glass"
      bucket-policy-changes  = "1 in 300 s, s3-public-revert"
      config-changes         = "1 in 300 s, incident-response"
      console-failures       = "3 in 300 s, incident-response"
      console-without-mfa    = "1 in 300 s, incident-response"
      credential-changes     = "1 in 300 s, incident-response"
      detection-changes      = "1 in 300 s, incident-response"
      gateway-changes        = "1 in 300 s, incident-response"
      iam-changes            = "1 in 300 s, incident-response"
      key-changes            = "1 in 300 s, incident-response"
      nacl-changes           = "1 in 300 s, incident-response"
      organization-changes   = "1 in 300 s, incident-response"
      root-use               = "1 in 300 s, root-usage"
      route-changes          = "1 in 300 s, incident-response"
      security-group-changes = "1 in 300 s, sg-world-ingress"
      trail-changes          = "1 in 300 s, incident-response"
      trail-log-changes      = "1 in 300 s, incident-response"
      unauthorized-calls     = "1 in 300 s, incident-response"
      unauthorized-reads     = "20 in 300 s, incident-response"
      vpc-changes            = "1 in 300 s, incident-response"
    })
    error_message = "An alarm is missing, too many, or rings at another number."
  }
}

run "every_filter_feeds_the_alarm_of_its_name" {
  command = plan

  assert {
    condition = alltrue([
      for key, a in aws_cloudwatch_metric_alarm.this :
      a.namespace == "cloudplatform-global-security"
      && a.namespace == aws_cloudwatch_log_metric_filter.this[key].metric_transformation[0].namespace
      && a.metric_name == aws_cloudwatch_log_metric_filter.this[key].metric_transformation[0].name
      && a.alarm_name == "cloudplatform-global-alarm-${key}"
    ])
    error_message = "An alarm on a metric that nobody counts never rings."
  }

  assert {
    condition = alltrue([
      for f in aws_cloudwatch_log_metric_filter.this :
      f.metric_transformation[0].value == "1" && f.metric_transformation[0].default_value == "0"
      && f.log_group_name == "/aws/cloudtrail/cloudplatform-global" && length(f.pattern) <= 1024
    ])
    error_message = "Each record counts once, and silence counts as none."
  }
}

run "every_alarm_tells_the_topic_and_silence_is_good" {
  command = plan

  assert {
    condition = alltrue([
      for a in aws_cloudwatch_metric_alarm.this :
      join(" ", a.alarm_actions) == var.topic_arn && a.treat_missing_data == "notBreaching"
      && a.comparison_operator == "GreaterThanOrEqualToThreshold" && a.statistic == "Sum"
    ])
    error_message = "Every alarm tells the account's topic, and only when something was recorded."
  }
}

run "each_filter_listens_to_these_calls" {
  command = plan

  assert {
    condition = jsonencode({
      for key, f in aws_cloudwatch_log_metric_filter.this :
      key => join(" ", flatten(regexall("\\$\\.eventName = \"([^\"]+)\"", f.pattern)))
      if strcontains(f.pattern, "eventSource")
      }) == jsonencode({
      bucket-policy-changes  = "DeleteAccountPublicAccessBlock DeleteBucketCors DeleteBucketLifecycle DeleteBucketPolicy DeleteBucketPublicAccessBlock DeleteBucketReplication PutAccountPublicAccessBlock PutBucketAcl PutBucketCors PutBucketLifecycle PutBucketPolicy PutBucketPublicAccessBlock PutBucketReplication"
      config-changes         = "DeleteConfigRule DeleteConfigurationRecorder DeleteConformancePack DeleteDeliveryChannel PutConfigurationRecorder PutDeliveryChannel StopConfigurationRecorder"
      credential-changes     = "AddClientIDToOpenIDConnectProvider CreateAccessKey CreateLoginProfile CreateOpenIDConnectProvider CreateSAMLProvider CreateUser DeactivateMFADevice UpdateAccountPasswordPolicy UpdateLoginProfile UpdateSAMLProvider"
      detection-changes      = "BatchDisableStandards CreateArchiveRule CreateFilter CreateIPSet DeleteAnalyzer DeleteDetector Disable DisableSecurityHub DisassociateFromAdministratorAccount StopMonitoringMembers UpdateArchiveRule UpdateDetector UpdateFilter UpdateIPSet UpdateSecurityHubConfiguration UpdateStandardsControl"
      gateway-changes        = "AttachInternetGateway CreateCustomerGateway CreateEgressOnlyInternetGateway CreateInternetGateway CreateNatGateway DeleteCustomerGateway DeleteInternetGateway DeleteNatGateway DetachInternetGateway"
      iam-changes            = "Attach* CreatePolicy* DeleteGroupPolicy DeletePolicy* DeleteRolePolicy DeleteUserPolicy Detach* Put* SetDefaultPolicyVersion UpdateAssumeRolePolicy *PermissionsBoundary"
      key-changes            = "DeleteImportedKeyMaterial DisableKey DisableKeyRotation ScheduleKeyDeletion"
      nacl-changes           = "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclAssociation ReplaceNetworkAclEntry"
      organization-changes   = ""
      route-changes          = "AssociateRouteTable CreateRoute CreateRouteTable DeleteRoute DeleteRouteTable DisassociateRouteTable ReplaceRoute ReplaceRouteTableAssociation"
      security-group-changes = "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup DeleteSecurityGroup ModifySecurityGroupRules RevokeSecurityGroupEgress RevokeSecurityGroupIngress"
      trail-changes          = "CreateTrail DeleteTrail PutEventSelectors PutInsightSelectors StartLogging StopLogging UpdateTrail"
      trail-log-changes      = "DeleteLogGroup DeleteLogStream DeleteMetricFilter DisassociateKmsKey PutMetricFilter PutRetentionPolicy"
      vpc-changes            = "AcceptVpcPeeringConnection CreateVpc CreateVpcPeeringConnection DeleteFlowLogs DeleteVpc DeleteVpcPeeringConnection ModifyVpcAttribute"
    })
    error_message = "A call that should ring is not listened to, or another is."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.this["root-use"].pattern == "{ ($.userIdentity.type = \"Root\") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != \"AwsServiceEvent\") }"
    error_message = "Root itself, and not a service that acts for it."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.this["break-glass"].pattern == "{ (($.requestParameters.roleArn = \"*/cloudplatform-global-role-break-glass\") || ($.userIdentity.sessionContext.sessionIssuer.userName = \"cloudplatform-global-role-break-glass\")) }"
    error_message = "Both asking for the role and working with it must ring."
  }
}

run "a_deployment_is_no_news_but_protections_ring_for_it_as_well" {
  command = plan

  variables {
    pipeline_roles = ["cloudplatform-global-role-terraform-*", "deploy-dev"]
  }

  assert {
    condition     = join(" ", [for key, f in aws_cloudwatch_log_metric_filter.this : key if strcontains(f.pattern, "deploy-dev")]) == "bucket-policy-changes gateway-changes iam-changes nacl-changes route-changes security-group-changes vpc-changes"
    error_message = "A pipeline may change rights, buckets and networks quietly, and nothing that protects the account."
  }

  assert {
    condition     = endswith(aws_cloudwatch_log_metric_filter.this["nacl-changes"].pattern, " && (($.userIdentity.sessionContext.sessionIssuer.userName NOT EXISTS) || (($.userIdentity.sessionContext.sessionIssuer.userName != \"cloudplatform-global-role-terraform-*\") && ($.userIdentity.sessionContext.sessionIssuer.userName != \"deploy-dev\"))) }")
    error_message = "Somebody without a session must still ring."
  }
}

run "a_pattern_for_all_roles_is_refused" {
  command = plan

  variables {
    pipeline_roles = ["cloudplatform-*"]
  }

  expect_failures = [var.pipeline_roles]
}

run "break_glass_is_never_routine" {
  command = plan

  variables {
    pipeline_roles = ["cloudplatform-global-role-break-*"]
  }

  expect_failures = [var.pipeline_roles]
}

run "four_roles_are_too_many_for_a_filter" {
  command = plan

  variables {
    pipeline_roles = ["deploy-a", "deploy-b", "deploy-c", "deploy-d"]
  }

  expect_failures = [var.pipeline_roles]
}

run "names_that_make_a_filter_too_long_are_refused" {
  command = plan

  variables {
    pipeline_roles = [for letter in ["a", "b", "c"] : "a-role-whose-name-is-as-long-as-iam-lets-the-name-of-a-role-be-${letter}"]
  }

  expect_failures = [aws_cloudwatch_log_metric_filter.this]
}

run "a_threshold_can_differ" {
  command = plan

  variables {
    thresholds = { unauthorized-calls = 5 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["unauthorized-calls"].threshold == 5 && aws_cloudwatch_metric_alarm.this["unauthorized-reads"].threshold == 20
    error_message = "A threshold given by name must reach its alarm, and only that."
  }
}

run "a_threshold_for_no_alarm_is_refused" {
  command = plan

  variables {
    thresholds = { everything = 1 }
  }

  expect_failures = [var.thresholds]
}

run "an_alarm_cannot_be_silenced_with_a_threshold_of_none" {
  command = plan

  variables {
    thresholds = { root-use = 0 }
  }

  expect_failures = [var.thresholds]
}

run "an_environment_has_no_trail" {
  command = plan

  variables {
    environment = "dev"
  }

  expect_failures = [var.environment]
}

run "a_topic_is_needed" {
  command = plan

  variables {
    topic_arn = "cloudplatform-global-alerts"
  }

  expect_failures = [var.topic_arn]
}
