mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/mock/0000000000000000"
      arn_suffix = "app/mock/0000000000000000"
    }
  }

  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/mock/1111111111111111"
      arn_suffix = "targetgroup/mock/1111111111111111"
    }
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
    condition     = aws_lb_listener.http.port == 80 && [for a in aws_lb_listener.http.default_action : a.type] == ["redirect"]
    error_message = "Port 80 redirects and does nothing else."
  }

  assert {
    condition     = [for r in aws_lb_listener.http.default_action[0].redirect : "${r.protocol} ${r.port} ${r.status_code}"] == ["HTTPS 443 HTTP_301"]
    error_message = "Port 80 sends to HTTPS on 443, for good."
  }

  assert {
    condition     = alltrue([for a in aws_lb_listener.http.default_action : a.target_group_arn == null && length(a.forward) == 0])
    error_message = "Port 80 must not know a target group."
  }
}

run "https_forwards_under_the_named_policy" {
  command = apply

  assert {
    condition     = aws_lb_listener.https.port == 443 && aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
    error_message = "HTTPS needs TLS 1.2 or later, named explicitly: the default accepts 1.0."
  }

  assert {
    condition     = [for a in aws_lb_listener.https.default_action : a.type] == ["forward"] && aws_lb_listener.https.default_action[0].target_group_arn == aws_lb_target_group.app.arn && aws_lb_listener.https.certificate_arn == var.certificate_arn
    error_message = "HTTPS forwards to the application under the environment's certificate."
  }
}

run "answers_carry_security_headers" {
  command = plan

  assert {
    condition     = aws_lb_listener.https.routing_http_response_strict_transport_security_header_value == "max-age=31536000; includeSubDomains"
    error_message = "Browsers must keep to HTTPS for a year."
  }

  assert {
    condition     = aws_lb_listener.https.routing_http_response_x_content_type_options_header_value == "nosniff" && aws_lb_listener.https.routing_http_response_x_frame_options_header_value == "DENY"
    error_message = "Answers are neither guessed at nor framed."
  }

  assert {
    condition     = !aws_lb_listener.https.routing_http_response_server_enabled && !aws_lb_listener.http.routing_http_response_server_enabled
    error_message = "Answers do not say which server wrote them."
  }
}

run "targets_are_checked_by_address_on_8000" {
  command = plan

  assert {
    condition     = aws_lb_target_group.app.port == 8000 && aws_lb_target_group.app.target_type == "ip" && aws_lb_target_group.app.health_check[0].path == "/health" && aws_lb_target_group.app.health_check[0].matcher == "200"
    error_message = "Targets are tasks by address, on 8000, healthy when GET /health answers 200."
  }

  assert {
    condition     = tonumber(aws_lb_target_group.app.deregistration_delay) == 30 && aws_lb_target_group.app.protocol == "HTTP" && !one(aws_lb_target_group.app.stickiness).enabled
    error_message = "A target that leaves has 30 seconds to finish, and no client is tied to it."
  }
}

run "the_load_balancer_is_public_strict_and_logged" {
  command = plan

  assert {
    condition     = aws_lb.this.name == "cloudplatform-dev-alb" && !aws_lb.this.internal && aws_lb.this.load_balancer_type == "application" && length(aws_lb.this.subnets) == 3
    error_message = "One public application load balancer spans the public subnets."
  }

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest" && !aws_lb.this.enable_waf_fail_open
    error_message = "Odd requests are dropped, and nothing passes a firewall that is away."
  }

  assert {
    condition     = aws_lb.this.access_logs[0].enabled && aws_lb.this.access_logs[0].bucket == "logs" && aws_lb.this.connection_logs[0].enabled && aws_lb.this.connection_logs[0].bucket == "logs"
    error_message = "Requests and connections are logged to the bucket that was given."
  }
}

run "scaling_by_requests_gets_its_label" {
  command = apply

  assert {
    condition     = output.request_count_label == "app/mock/0000000000000000/targetgroup/mock/1111111111111111"
    error_message = "The label is what comes last in the ARNs of load balancer and target group."
  }
}

run "prod_is_protected_from_deletion" {
  command = plan

  variables {
    environment         = "prod"
    deletion_protection = true
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection
    error_message = "The switch must reach the load balancer."
  }
}

run "prod_without_protection_is_refused" {
  command = plan

  variables {
    environment = "prod"
  }

  expect_failures = [var.deletion_protection]
}

run "one_subnet_is_refused" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}

run "a_name_that_would_be_cut_off_is_refused" {
  command = plan

  variables {
    project     = "aprojectwithalongname"
    environment = "staging"
  }

  expect_failures = [var.project]
}

run "a_promise_of_minutes_is_refused" {
  command = plan

  variables {
    hsts_max_age_seconds = 300
  }

  expect_failures = [var.hsts_max_age_seconds]
}
