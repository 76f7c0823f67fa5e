mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/mock/0000000000000000" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/0000000000000000" }
  }

  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/mock/0" }
  }
}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  vpc_id             = "vpc-mock"
  subnet_ids         = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_ids = ["sg-mock"]
  certificate_arn    = "arn:aws:acm:us-east-1:000000000000:certificate/mock"
  access_log_bucket  = "logs"
}

# Guards against plain HTTP that reaches the application.
run "port_80_only_redirects" {
  command = apply

  assert {
    condition     = [for a in aws_lb_listener.http.default_action : a.type] == ["redirect"] && one(aws_lb_listener.http.default_action[0].redirect).status_code == "HTTP_301" && one(aws_lb_listener.http.default_action[0].redirect).protocol == "HTTPS"
    error_message = "Port 80 redirects to HTTPS for good, and does nothing else."
  }

  assert {
    condition     = aws_lb_listener.https.port == 443 && aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
    error_message = "HTTPS needs TLS 1.2 or later, named explicitly."
  }

  assert {
    condition     = aws_wafv2_web_acl_association.load_balancer.resource_arn == aws_lb.this.arn
    error_message = "The web ACL must stand in front of the load balancer."
  }
}

run "targets_are_checked_by_address_on_8000" {
  command = plan

  assert {
    condition     = aws_lb_target_group.app.port == 8000 && aws_lb_target_group.app.target_type == "ip" && aws_lb_target_group.app.health_check[0].path == "/health" && aws_lb_target_group.app.health_check[0].matcher == "200"
    error_message = "Targets are tasks by address, on 8000, healthy when GET /health answers 200."
  }

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest" && !aws_lb.this.internal && aws_lb.this.access_logs[0].enabled
    error_message = "The load balancer is public, strict with requests, and logs them."
  }
}

run "requests_are_filtered_and_limited" {
  command = plan

  assert {
    condition = join(" ", sort([for r in aws_wafv2_web_acl.this.rule : r.name])) == join(" ", [
      "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesSQLiRuleSet", "RateLimit",
    ])
    error_message = "The web ACL lacks a rule, or has one too many."
  }

  assert {
    condition     = one([for r in aws_wafv2_web_acl.this.rule : r.statement[0].rate_based_statement[0].limit if r.name == "RateLimit"]) == 2000
    error_message = "One address may make 2,000 requests in 5 minutes."
  }
}

run "countries_can_be_blocked_and_rules_left_out" {
  command = plan

  variables {
    blocked_countries         = ["KP"]
    enable_sql_injection_rule = false
  }

  assert {
    condition     = contains([for r in aws_wafv2_web_acl.this.rule : r.name], "GeoBlock") && !contains([for r in aws_wafv2_web_acl.this.rule : r.name], "AWSManagedRulesSQLiRuleSet")
    error_message = "The switches do not reach the web ACL."
  }
}

run "one_subnet_is_refused" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}

run "a_country_by_name_is_refused" {
  command = plan

  variables {
    blocked_countries = ["North Korea"]
  }

  expect_failures = [var.blocked_countries]
}
