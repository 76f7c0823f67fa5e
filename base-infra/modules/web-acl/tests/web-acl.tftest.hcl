mock_provider "aws" {
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/mock/0" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:000000000000:log-group:mock" }
  }
}

variables {
  project     = "cloudplatform"
  environment = "dev"
  region      = "us-east-1"
  account_id  = "000000000000"
  name        = "cloudplatform-dev-waf"
  alb_arn     = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/mock/0000000000000000"
  kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock"
}

# The rules by the order in which they are asked, written out once more.
run "requests_are_limited_and_filtered" {
  command = plan

  assert {
    condition = jsonencode(sort([for r in aws_wafv2_web_acl.this.rule : "${r.priority} ${r.name}"])) == jsonencode([
      "20 RateLimit",
      "30 AWSManagedRulesAmazonIpReputationList",
      "50 AWSManagedRulesKnownBadInputsRuleSet",
      "60 AWSManagedRulesCommonRuleSet",
      "70 AWSManagedRulesSQLiRuleSet",
    ])
    error_message = "The web ACL lacks a rule, has one too many, or asks in another order."
  }

  assert {
    condition = one([
      for r in aws_wafv2_web_acl.this.rule : "${r.statement[0].rate_based_statement[0].limit} ${r.statement[0].rate_based_statement[0].evaluation_window_sec} ${r.statement[0].rate_based_statement[0].aggregate_key_type} ${length(r.action[0].block)}"
      if r.name == "RateLimit"
    ]) == "2000 300 IP 1"
    error_message = "One address may make 2,000 requests in 300 seconds; then it is blocked."
  }

  # Guards against a group that only watches.
  assert {
    condition = alltrue([
      for r in aws_wafv2_web_acl.this.rule :
      length(r.override_action[0].none) == 1 && length(r.override_action[0].count) == 0 && length(r.statement[0].managed_rule_group_statement[0].rule_action_override) == 0
      if startswith(r.name, "AWSManaged")
    ])
    error_message = "Managed groups block, with every rule that they have."
  }

  assert {
    condition     = length(aws_wafv2_web_acl.this.default_action[0].allow) == 1 && aws_wafv2_web_acl.this.scope == "REGIONAL"
    error_message = "What no rule objects to passes."
  }

  assert {
    condition     = alltrue([for r in aws_wafv2_web_acl.this.rule : r.visibility_config[0].cloudwatch_metrics_enabled && r.visibility_config[0].metric_name == r.name])
    error_message = "Each rule counts under its own name."
  }
}

run "the_load_balancer_stands_behind_it" {
  command = apply

  assert {
    condition     = one(aws_wafv2_web_acl_association.load_balancer).resource_arn == var.alb_arn && one(aws_wafv2_web_acl_association.load_balancer).web_acl_arn == aws_wafv2_web_acl.this.arn
    error_message = "The web ACL must stand in front of the load balancer."
  }

  assert {
    condition     = output.web_acl_id == aws_wafv2_web_acl.this.id && output.web_acl_arn == aws_wafv2_web_acl.this.arn
    error_message = "Others find the web ACL by its outputs."
  }
}

run "a_distribution_names_it_itself" {
  command = plan

  variables {
    scope   = "CLOUDFRONT"
    alb_arn = null
  }

  assert {
    condition     = length(aws_wafv2_web_acl_association.load_balancer) == 0 && aws_wafv2_web_acl.this.scope == "CLOUDFRONT"
    error_message = "A distribution cannot be associated; it carries the web ACL's ARN."
  }
}

run "what_costs_or_hinders_can_be_switched_on" {
  command = plan

  variables {
    blocked_countries   = ["KP", "IR", "KP"]
    enable_anonymous_ip = true
    enable_bot_control  = true
  }

  assert {
    condition = jsonencode(sort([for r in aws_wafv2_web_acl.this.rule : "${r.priority} ${r.name}" if !contains([20, 30, 50, 60, 70], r.priority)])) == jsonencode([
      "10 GeoBlock", "40 AWSManagedRulesAnonymousIpList", "80 AWSManagedRulesBotControlRuleSet",
    ])
    error_message = "The switches do not reach the web ACL."
  }

  assert {
    condition     = one([for r in aws_wafv2_web_acl.this.rule : "${jsonencode(r.statement[0].geo_match_statement[0].country_codes)} ${length(r.action[0].block)}" if r.name == "GeoBlock"]) == "${jsonencode(["IR", "KP"])} 1"
    error_message = "Countries are blocked, each named once."
  }

  assert {
    condition = one([
      for r in aws_wafv2_web_acl.this.rule : jsonencode([for o in r.statement[0].managed_rule_group_statement[0].rule_action_override : o.name if length(o.action_to_use[0].count) == 1])
      if r.name == "AWSManagedRulesBotControlRuleSet"
    ]) == jsonencode(["CategoryHttpLibrary", "SignalNonBrowserUserAgent"])
    error_message = "Programs that call the API are no bots."
  }
}

run "rules_that_block_good_requests_can_be_silenced" {
  command = plan

  variables {
    enable_sql_injection_rule = false
    enable_xss_rule           = false
  }

  assert {
    condition     = !contains([for r in aws_wafv2_web_acl.this.rule : r.name], "AWSManagedRulesSQLiRuleSet")
    error_message = "SQL injection must be leavable."
  }

  assert {
    condition = one([
      for r in aws_wafv2_web_acl.this.rule : jsonencode([for o in r.statement[0].managed_rule_group_statement[0].rule_action_override : o.name if length(o.action_to_use[0].count) == 1])
      if r.name == "AWSManagedRulesCommonRuleSet"
      ]) == jsonencode([
      "CrossSiteScripting_BODY", "CrossSiteScripting_COOKIE", "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_URIPATH",
    ])
    error_message = "Only the cross-site-scripting rules of the common group stop blocking."
  }
}

run "a_first_release_may_only_count" {
  command = plan

  variables {
    count_only = true
  }

  assert {
    condition     = alltrue([for r in aws_wafv2_web_acl.this.rule : length(r.override_action[0].count) == 1 && length(r.override_action[0].none) == 0 if startswith(r.name, "AWSManaged")])
    error_message = "Managed groups count."
  }

  assert {
    condition     = one([for r in aws_wafv2_web_acl.this.rule : length(r.action[0].block) if r.name == "RateLimit"]) == 1
    error_message = "The rate limit is exact and blocks all the same."
  }
}

run "blocked_requests_are_logged_without_credentials" {
  command = apply

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "aws-waf-logs-cloudplatform-dev" && aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "WAF accepts only this kind of name; the log is encrypted with our key."
  }

  assert {
    condition     = aws_wafv2_web_acl_logging_configuration.this.resource_arn == aws_wafv2_web_acl.this.arn && tolist(aws_wafv2_web_acl_logging_configuration.this.log_destination_configs) == tolist([aws_cloudwatch_log_group.this.arn])
    error_message = "The web ACL must log to its group."
  }

  assert {
    condition     = jsonencode([for f in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : one(f.single_header).name]) == jsonencode(["authorization", "cookie"])
    error_message = "What proves who somebody is must not be in the log."
  }

  assert {
    condition = jsonencode(sort([
      for c in one(aws_wafv2_web_acl_logging_configuration.this.logging_filter[0].filter).condition : one(c.action_condition).action
    ])) == jsonencode(["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"]) && aws_wafv2_web_acl_logging_configuration.this.logging_filter[0].default_behavior == "DROP"
    error_message = "Only what a rule objected to is kept."
  }
}

run "only_log_delivery_of_this_account_may_write" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(aws_cloudwatch_log_resource_policy.delivery.policy_document).Statement) == jsonencode([{
      Sid       = "WebAclLogs"
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "arn:aws:logs:us-east-1:000000000000:log-group:aws-waf-logs-cloudplatform-dev:*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "000000000000" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:logs:us-east-1:000000000000:*" }
      }
    }])
    error_message = "The log is open to somebody else."
  }
}

run "a_country_by_name_is_refused" {
  command = plan

  variables {
    blocked_countries = ["North Korea"]
  }

  expect_failures = [var.blocked_countries]
}

run "a_firewall_in_front_of_nothing_is_refused" {
  command = plan

  variables {
    alb_arn = null
  }

  expect_failures = [var.alb_arn]
}

run "a_distribution_with_a_load_balancer_is_refused" {
  command = plan

  variables {
    scope = "CLOUDFRONT"
  }

  expect_failures = [var.alb_arn]
}

run "a_distribution_outside_its_region_is_refused" {
  command = plan

  variables {
    scope   = "CLOUDFRONT"
    alb_arn = null
    region  = "eu-west-1"
  }

  expect_failures = [var.region]
}

run "a_limit_that_blocks_everybody_is_refused" {
  command = plan

  variables {
    rate_limit = 5
  }

  expect_failures = [var.rate_limit]
}

run "somebody_elses_name_is_refused" {
  command = plan

  variables {
    name = "cloudplatform-prod-waf"
  }

  expect_failures = [var.name]
}
