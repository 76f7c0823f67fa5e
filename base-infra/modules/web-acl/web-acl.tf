locals {
  # Cross-site scripting is looked for by these rules of the common group.
  cross_site_scripting_rules = [
    "CrossSiteScripting_BODY", "CrossSiteScripting_COOKIE", "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_URIPATH",
  ]

  # Every rule in the order in which a request meets it. Exact limits come first; the group that costs per request comes
  # last, when all that others block is gone. A managed group's rules under `counted` report what they would block.
  managed_rule_groups = {
    AWSManagedRulesAmazonIpReputationList = { priority = 30, enabled = true, counted = [] }
    AWSManagedRulesAnonymousIpList        = { priority = 40, enabled = var.enable_anonymous_ip, counted = [] }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 50, enabled = true, counted = [] }
    AWSManagedRulesCommonRuleSet          = { priority = 60, enabled = true, counted = var.enable_xss_rule ? [] : local.cross_site_scripting_rules }
    AWSManagedRulesSQLiRuleSet            = { priority = 70, enabled = var.enable_sql_injection_rule, counted = [] }

    # An API is called by programs: what only says "this is no browser" may not block.
    AWSManagedRulesBotControlRuleSet = { priority = 80, enabled = var.enable_bot_control, counted = ["CategoryHttpLibrary", "SignalNonBrowserUserAgent"] }
  }

  geo_block_priority  = 10
  rate_limit_priority = 20

  managed_rules = { for group, rule in local.managed_rule_groups : group => rule if rule.enabled }
}

resource "aws_wafv2_web_acl" "this" {
  name        = var.name
  description = "Filters what reaches the API of ${local.name}"
  scope       = var.scope

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = length(var.blocked_countries) > 0 ? [sort(distinct(var.blocked_countries))] : []

    content {
      name     = "GeoBlock"
      priority = local.geo_block_priority

      action {
        block {}
      }

      statement {
        geo_match_statement {
          country_codes = rule.value
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "GeoBlock"
        sampled_requests_enabled   = true
      }
    }
  }

  rule {
    name     = "RateLimit"
    priority = local.rate_limit_priority

    action {
      block {}
    }

    statement {
      rate_based_statement {
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300
        limit                 = var.rate_limit
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "RateLimit"
      sampled_requests_enabled   = true
    }
  }

  dynamic "rule" {
    for_each = local.managed_rules

    content {
      name     = rule.key
      priority = rule.value.priority

      override_action {
        dynamic "count" {
          for_each = var.count_only ? [1] : []
          content {}
        }
        dynamic "none" {
          for_each = var.count_only ? [] : [1]
          content {}
        }
      }

      statement {
        managed_rule_group_statement {
          name        = rule.key
          vendor_name = "AWS"

          dynamic "managed_rule_group_configs" {
            for_each = rule.key == "AWSManagedRulesBotControlRuleSet" ? [1] : []

            content {
              aws_managed_rules_bot_control_rule_set {
                inspection_level = "COMMON"
              }
            }
          }

          dynamic "rule_action_override" {
            for_each = rule.value.counted

            content {
              name = rule_action_override.value

              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = true
  }

  tags = merge(var.tags, { Name = var.name })
}
