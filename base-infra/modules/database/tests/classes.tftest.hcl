mock_provider "aws" {
  mock_resource "aws_db_instance" {
    defaults = { master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock", secret_status = "active", kms_key_id = "mock" }] }
  }
}

variables {
  project            = "cloudplatform"
  environment        = "dev"
  account_id         = "000000000000"
  subnet_ids         = ["subnet-a", "subnet-b"]
  security_group_ids = ["sg-mock"]
  kms_key_arn        = "arn:aws:kms:us-east-1:000000000000:key/mock"
  db_name            = "app"
  master_username    = "app_owner"
}

# Written out by hand: the module's own table must agree.
run "both_families_have_the_same_four_sizes" {
  command = plan

  assert {
    condition = jsonencode({ for class, facts in local.classes : class => [facts.memory_gib, facts.max_connections] }) == jsonencode({
      "db.t3.large"   = [8, 800]
      "db.t3.medium"  = [4, 400]
      "db.t3.micro"   = [1, 100]
      "db.t3.small"   = [2, 200]
      "db.t4g.large"  = [8, 800]
      "db.t4g.medium" = [4, 400]
      "db.t4g.micro"  = [1, 100]
      "db.t4g.small"  = [2, 200]
    })
    error_message = "Memory in GiB and connections of each class."
  }
}

# Guards against alarms at 80 % of connections, or on free memory, that go by other numbers than the instance's.
run "limits_follow_the_class" {
  command = plan

  variables {
    instance_class = "db.t3.medium"
  }

  assert {
    condition     = one([for p in aws_db_parameter_group.this.parameter : p.value if p.name == "max_connections"]) == "400" && output.max_connections == 400
    error_message = "A medium instance allows 400 connections."
  }

  assert {
    condition     = output.memory_bytes == 4294967296
    error_message = "A medium instance has 4 GiB."
  }
}

run "a_class_without_facts_is_refused" {
  command = plan

  variables {
    instance_class = "db.r6g.large"
  }

  expect_failures = [var.instance_class]
}
