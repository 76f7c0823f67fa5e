locals {
  name      = "${var.project}-${var.environment}"
  namespace = "${local.name}-security"

  break_glass_role = "${var.project}-global-role-break-glass"

  # A record counts when its service is one of `sources`, its call one of `events`, and `where` holds, as far as a signal
  # has them. Refused calls count as well: somebody tried. `routine` calls are those that a deployment makes, too.
  # The alarm rings at `threshold` records in five minutes.
  signals = {
    root-use = {
      says  = "The root user called something or signed in"
      rings = { threshold = 1, runbook = "root-usage" }
      where = "($.userIdentity.type = \"Root\") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != \"AwsServiceEvent\")"
    }
    break-glass = {
      says  = "Somebody asked for the break-glass role or works with it"
      rings = { threshold = 1, runbook = "break-glass" }
      where = "(($.requestParameters.roleArn = \"*/${local.break_glass_role}\") || ($.userIdentity.sessionContext.sessionIssuer.userName = \"${local.break_glass_role}\"))"
    }
    unauthorized-calls = {
      says  = "A change, a role or a secret was refused to somebody"
      rings = { threshold = 1, runbook = "incident-response" }
      where = "(($.errorCode = \"AccessDenied*\") || ($.errorCode = \"*UnauthorizedOperation\")) && (($.readOnly IS FALSE) || ($.eventName = \"AssumeRole\") || ($.eventName = \"GetSecretValue\"))"
    }
    unauthorized-reads = {
      says  = "Many reads were refused, as when somebody looks for what a key may do"
      rings = { threshold = 20, runbook = "incident-response" }
      where = "(($.errorCode = \"AccessDenied*\") || ($.errorCode = \"*UnauthorizedOperation\")) && ($.readOnly IS TRUE)"
    }
    console-without-mfa = {
      says   = "A user signed in to the console without a second factor"
      rings  = { threshold = 1, runbook = "incident-response" }
      events = ["ConsoleLogin"]
      where  = "($.userIdentity.type = \"IAMUser\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.responseElements.ConsoleLogin = \"Success\")"
    }
    console-failures = {
      says   = "Sign-ins to the console failed"
      rings  = { threshold = 3, runbook = "incident-response" }
      events = ["ConsoleLogin"]
      where  = "($.responseElements.ConsoleLogin = \"Failure\")"
    }
    trail-changes = {
      says    = "A trail was changed or stopped"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["cloudtrail"]
      events = [
        "CreateTrail", "DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StartLogging", "StopLogging",
        "UpdateTrail",
      ]
    }
    trail-log-changes = {
      says    = "The log group that these alarms read was changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["logs"]
      events = [
        "DeleteLogGroup", "DeleteLogStream", "DeleteMetricFilter", "DisassociateKmsKey", "PutMetricFilter",
        "PutRetentionPolicy",
      ]
      where = "($.requestParameters.logGroupName = \"${var.log_group_name}\")"
    }
    detection-changes = {
      says    = "GuardDuty, Security Hub, Inspector or Access Analyzer was changed, muted or switched off"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["access-analyzer", "guardduty", "inspector2", "securityhub"]
      events = [
        "BatchDisableStandards", "CreateArchiveRule", "CreateFilter", "CreateIPSet", "DeleteAnalyzer",
        "DeleteDetector", "Disable", "DisableSecurityHub", "DisassociateFromAdministratorAccount",
        "StopMonitoringMembers", "UpdateArchiveRule", "UpdateDetector", "UpdateFilter", "UpdateIPSet",
        "UpdateSecurityHubConfiguration", "UpdateStandardsControl",
      ]
    }
    config-changes = {
      says    = "What Config records or checks was changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["config"]
      events = [
        "DeleteConfigRule", "DeleteConfigurationRecorder", "DeleteConformancePack", "DeleteDeliveryChannel",
        "PutConfigurationRecorder", "PutDeliveryChannel", "StopConfigurationRecorder",
      ]
    }
    key-changes = {
      says    = "A key was disabled or is about to be deleted"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["kms"]
      events  = ["DeleteImportedKeyMaterial", "DisableKey", "DisableKeyRotation", "ScheduleKeyDeletion"]
    }
    organization-changes = {
      says    = "The organization, its accounts or its policies were changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["organizations"]
      where   = "($.readOnly IS FALSE)"
    }
    credential-changes = {
      says    = "A user, a key, a password or a way to sign in was made or changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      sources = ["iam"]
      events = [
        "AddClientIDToOpenIDConnectProvider", "CreateAccessKey", "CreateLoginProfile",
        "CreateOpenIDConnectProvider", "CreateSAMLProvider", "CreateUser", "DeactivateMFADevice",
        "UpdateAccountPasswordPolicy", "UpdateLoginProfile", "UpdateSAMLProvider",
      ]
    }
    iam-changes = {
      says    = "Rights were changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      routine = true
      sources = ["iam"]
      events = [
        "Attach*", "CreatePolicy*", "DeleteGroupPolicy", "DeletePolicy*", "DeleteRolePolicy", "DeleteUserPolicy",
        "Detach*", "Put*", "SetDefaultPolicyVersion", "UpdateAssumeRolePolicy", "*PermissionsBoundary",
      ]
    }
    bucket-policy-changes = {
      says    = "Who may reach a bucket, or what becomes of its objects, was changed"
      rings   = { threshold = 1, runbook = "s3-public-revert" }
      routine = true
      sources = ["s3"]
      events = [
        "DeleteAccountPublicAccessBlock", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketPolicy",
        "DeleteBucketPublicAccessBlock", "DeleteBucketReplication", "PutAccountPublicAccessBlock", "PutBucketAcl",
        "PutBucketCors", "PutBucketLifecycle", "PutBucketPolicy", "PutBucketPublicAccessBlock",
        "PutBucketReplication",
      ]
    }
    security-group-changes = {
      says    = "A security group was changed"
      rings   = { threshold = 1, runbook = "sg-world-ingress" }
      routine = true
      sources = ["ec2"]
      events = [
        "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup",
        "DeleteSecurityGroup", "ModifySecurityGroupRules", "RevokeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
      ]
    }
    nacl-changes = {
      says    = "A network ACL was changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      routine = true
      sources = ["ec2"]
      events = [
        "CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
        "ReplaceNetworkAclAssociation", "ReplaceNetworkAclEntry",
      ]
    }
    gateway-changes = {
      says    = "A gateway of a network was changed"
      rings   = { threshold = 1, runbook = "incident-response" }
      routine = true
      sources = ["ec2"]
      events = [
        "AttachInternetGateway", "CreateCustomerGateway", "CreateEgressOnlyInternetGateway",
        "CreateInternetGateway", "CreateNatGateway", "DeleteCustomerGateway", "DeleteInternetGateway",
        "DeleteNatGateway", "DetachInternetGateway",
      ]
    }
    route-changes = {
      says    = "Traffic was sent another way"
      rings   = { threshold = 1, runbook = "incident-response" }
      routine = true
      sources = ["ec2"]
      events = [
        "AssociateRouteTable", "CreateRoute", "CreateRouteTable", "DeleteRoute", "DeleteRouteTable",
        "DisassociateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation",
      ]
    }
    vpc-changes = {
      says    = "A network was made, joined, removed, or is no longer recorded"
      rings   = { threshold = 1, runbook = "incident-response" }
      routine = true
      sources = ["ec2"]
      events = [
        "AcceptVpcPeeringConnection", "CreateVpc", "CreateVpcPeeringConnection", "DeleteFlowLogs", "DeleteVpc",
        "DeleteVpcPeeringConnection", "ModifyVpcAttribute",
      ]
    }
  }

  # Who has no session has no issuer, and a comparison with what is not there is no answer.
  issuer       = "$.userIdentity.sessionContext.sessionIssuer.userName"
  not_by       = [for name in sort(var.pipeline_roles) : "(${local.issuer} != \"${name}\")"]
  not_pipeline = length(local.not_by) == 0 ? "" : "((${local.issuer} NOT EXISTS) || (${join(" && ", local.not_by)}))"

  patterns = {
    for key, signal in local.signals : key => format("{ %s }", join(" && ", compact([
      try("(${join(" || ", [for source in signal.sources : "($.eventSource = \"${source}.amazonaws.com\")"])})", ""),
      try("(${join(" || ", [for event in signal.events : "($.eventName = \"${event}\")"])})", ""),
      try(signal.where, ""),
      try(signal.routine, false) ? local.not_pipeline : "",
    ])))
  }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.signals

  name           = "${local.name}-filter-${each.key}"
  log_group_name = var.log_group_name
  pattern        = local.patterns[each.key]

  metric_transformation {
    name          = each.key
    namespace     = local.namespace
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }

  lifecycle {
    precondition {
      condition     = length(local.patterns[each.key]) <= 1024
      error_message = "The pattern of ${each.key} is longer than the 1024 characters that CloudWatch Logs takes."
    }
  }
}
