"""Compute: cluster, service, tasks, load balancer, image registry."""

from typing import Any

import pytest
from acceptance.golden import (
    APP_PORT,
    HTTP,
    HTTPS,
    KEPT_IMAGES,
    SIZES,
    UNTAGGED_DAYS,
)
from acceptance.plans import Plan
from acceptance.tasks import container
from acceptance.traffic import subnet_ids

pytestmark = pytest.mark.infra


@pytest.mark.requirement("CMP-01", "ARC-06")
def test_fargate_runs_one_service_on_one_cluster(plan: Plan) -> None:
    """In the application's subnets of all three zones, without public addresses."""
    service, task = plan.one("ecs_service"), plan.one("ecs_task_definition")
    network = service.block("network_configuration")

    assert service["cluster"] == plan.one("ecs_cluster")["arn"]
    assert service["task_definition"] == task["arn"]
    assert task["requires_compatibilities"] == ["FARGATE"]
    assert task["network_mode"] == "awsvpc"
    assert service["launch_type"] == "FARGATE"
    assert set(network["subnets"]) == subnet_ids(plan, "private")
    assert network["assign_public_ip"] is False
    assert network["security_groups"] == [plan.one("security_group", '"app"')["id"]]


@pytest.mark.requirement("CMP-02", "PRJ-23")
def test_deployments_roll_and_roll_back(plan: Plan) -> None:
    """Tasks are replaced a few at a time; a deployment that does not come up goes back."""
    service = plan.one("ecs_service")

    assert service.block("deployment_controller")["type"] == "ECS"
    assert service["deployment_minimum_healthy_percent"] == SIZES[plan.name].healthy_percent
    assert service["deployment_maximum_percent"] == 200
    assert service.block("deployment_circuit_breaker") == {"enable": True, "rollback": True}


@pytest.mark.requirement("CSE-06")
def test_a_deployment_that_answers_badly_goes_back(plan: Plan) -> None:
    """The alarm on 5xx of the load balancer's targets ends it."""
    alarms = plan.one("ecs_service").block("alarms")
    named = {each["alarm_name"]: each for each in plan.some("cloudwatch_metric_alarm")}

    assert (alarms["enable"], alarms["rollback"]) == (True, True)
    assert [named[name]["metric_name"] for name in alarms["alarm_names"]] == ["HTTPCode_Target_5XX_Count"]


@pytest.mark.requirement("CMP-04", "ARC-13")
def test_tasks_have_their_environments_size(plan: Plan) -> None:
    """CPU units and MiB."""
    task = plan.one("ecs_task_definition")

    assert (task["cpu"], task["memory"]) == (SIZES[plan.name].cpu, SIZES[plan.name].memory)


@pytest.mark.requirement("ARC-12", "PHA-30")
def test_as_many_tasks_run_as_the_environment_needs(plan: Plan) -> None:
    """Behind the load balancer's target group, with a minute to become healthy."""
    service, bounds = plan.one("ecs_service"), plan.one("appautoscaling_target")

    assert service["desired_count"] == bounds["min_capacity"] == SIZES[plan.name].tasks
    assert bounds["max_capacity"] > bounds["min_capacity"]
    assert service.block("load_balancer")["target_group_arn"] == plan.one("lb_target_group")["arn"]
    assert service["health_check_grace_period_seconds"] == 60


@pytest.mark.requirement("PHA-31")
def test_tasks_scale_on_cpu(plan: Plan) -> None:
    """Between the bounds, below the alarm at 80 percent; scaling by requests is a choice."""
    target = plan.one("appautoscaling_target")
    goals = {
        goal["predefined_metric_specification"][0]["predefined_metric_type"]: goal["target_value"]
        for each in plan.some("appautoscaling_policy")
        for goal in [each.block("target_tracking_scaling_policy_configuration")]
    }

    assert target["resource_id"].endswith(plan.one("ecs_service")["name"])
    assert target["scalable_dimension"] == "ecs:service:DesiredCount"
    assert goals["ECSServiceAverageCPUUtilization"] < 80
    wanted = plan.variables["service"].get("requests_per_target")
    assert goals.get("ALBRequestCountPerTarget") == wanted


@pytest.mark.requirement("PHA-28")
def test_the_cluster_has_insights_and_both_kinds_of_fargate(plan: Plan) -> None:
    """RunningTaskCount exists with Container Insights only."""
    settings = {each["name"]: each["value"] for each in plan.one("ecs_cluster")["setting"]}

    assert settings["containerInsights"] in {"enabled", "enhanced"}
    assert set(plan.one("ecs_cluster_capacity_providers")["capacity_providers"]) == {"FARGATE", "FARGATE_SPOT"}


@pytest.mark.requirement("PHA-29", "ARC-25")
def test_a_task_has_variables_secrets_logs_and_a_health_check(plan: Plan) -> None:
    """Logs go to the environment's group by awslogs; the container asks for its own liveness only."""
    found = container(plan)
    logs = found["logConfiguration"]

    assert {"name": "ENVIRONMENT", "value": plan.name} in found["environment"]
    assert found["secrets"]
    assert logs["logDriver"] == "awslogs"
    assert logs["options"]["awslogs-group"] == f"/ecs/{plan.name}/fastapi"
    assert "/health/live" in " ".join(found["healthCheck"]["command"])


@pytest.mark.requirement("CMP-11", "ARC-05", "PHA-25")
def test_one_load_balancer_covers_the_public_subnets_and_logs(plan: Plan) -> None:
    """Public, with its access logs in the bucket for them."""
    balancer = plan.one("lb")
    bucket = plan.one("s3_bucket", "alb_logs")

    assert (balancer["load_balancer_type"], balancer["internal"]) == ("application", False)
    assert set(balancer["subnets"]) == subnet_ids(plan, "public")
    assert balancer["security_groups"] == [plan.one("security_group", '"alb"')["id"]]
    assert (balancer.block("access_logs")["enabled"], balancer.block("access_logs")["bucket"]) == (
        True,
        bucket["bucket"],
    )


@pytest.mark.requirement("CMP-12", "PHA-27", "ARC-05")
def test_443_serves_https_with_the_environments_certificate(plan: Plan) -> None:
    """And forwards to the one target group."""
    (listener,) = plan.where("lb_listener", lambda each: each["port"] == HTTPS)
    certificate = plan.one("acm_certificate")

    assert listener["protocol"] == "HTTPS"
    validated = plan.one("acm_certificate_validation")
    assert validated["certificate_arn"] == certificate["arn"]
    assert listener["certificate_arn"] in {certificate["arn"], validated["certificate_arn"]}
    action = listener.block("default_action")
    assert (action["type"], action["target_group_arn"]) == ("forward", plan.one("lb_target_group")["arn"])


@pytest.mark.requirement("CMP-13", "PHA-27")
def test_80_redirects_for_good_and_does_nothing_else(plan: Plan) -> None:
    """301 to HTTPS; no rule of it forwards."""
    (listener,) = plan.where("lb_listener", lambda each: each["port"] == HTTP)
    action = listener.block("default_action")
    (redirect,) = action["redirect"]

    assert action["type"] == "redirect"
    assert (redirect["protocol"], redirect["port"], redirect["status_code"]) == ("HTTPS", "443", "HTTP_301")
    assert plan.where("lb_listener_rule", lambda each: each["listener_arn"] == listener["arn"]) == []


@pytest.mark.requirement("CMP-14", "ARC-22")
def test_targets_are_addresses_on_8000(plan: Plan) -> None:
    """Tasks have addresses of their own; inside the VPC the hop is plain HTTP."""
    group = plan.one("lb_target_group")

    assert (group["port"], group["target_type"], group["protocol"]) == (APP_PORT, "ip", "HTTP")
    assert group["vpc_id"] == plan.one("vpc")["id"]


@pytest.mark.requirement("CMP-15", "ARC-22", "PHA-26")
def test_a_target_is_healthy_when_health_answers_200(plan: Plan) -> None:
    """And a target that goes has half a minute to finish."""
    group = plan.one("lb_target_group")
    check = group.block("health_check")

    assert (check["path"], check["matcher"]) == ("/health", "200")
    assert 0 < int(group["deregistration_delay"]) <= 60


@pytest.mark.requirement("CMP-06", "REP-56", "ARC-19")
def test_all_environments_share_one_repository(account: Plan, dev: Plan, staging: Plan, prod: Plan) -> None:
    """It lives in the account's root; tasks of every environment may pull from it."""
    repository = account.one("ecr_repository")

    for plan in (dev, staging, prod):
        assert plan.resources("ecr_repository") == []
        policy = plan.one("iam_role_policy", "execution")["policy"]
        assert f"repository/{repository['name']}" in policy


@pytest.mark.requirement("CMP-07", "PHA-23")
def test_images_are_scanned_at_push_and_keep_their_tags(account: Plan) -> None:
    """A tag that could move would not say what runs."""
    repository = account.one("ecr_repository")

    assert repository.block("image_scanning_configuration")["scan_on_push"] is True
    assert repository["image_tag_mutability"] == "IMMUTABLE"
    assert account.outputs["repository_urls"]


@pytest.mark.requirement("CMP-08", "PHA-23")
def test_old_images_go_but_never_another_environments(account: Plan) -> None:
    """Ten stay for each environment, untagged ones a week."""
    policy = account.one("ecr_lifecycle_policy")
    rules = [each["selection"] for each in policy.document("policy")["rules"]]
    kept = {_environment(each): each["countNumber"] for each in rules if each["tagStatus"] == "tagged"}
    (untagged,) = [each for each in rules if each["tagStatus"] == "untagged"]

    assert policy["repository"] == account.one("ecr_repository")["name"]
    assert {name: kept.get(name) for name in SIZES} == dict.fromkeys(SIZES, KEPT_IMAGES)
    assert {each["countType"] for each in rules if each["tagStatus"] == "tagged"} == {"imageCountMoreThan"}
    counted = (untagged["countType"], untagged["countUnit"], untagged["countNumber"])
    assert counted == ("sinceImagePushed", "days", UNTAGGED_DAYS)


@pytest.mark.requirement("CMP-10")
def test_images_are_copied_nowhere_unless_asked_for(account: Plan) -> None:
    """A second region costs storage and transfer."""
    assert account.variables["image_replication_region"] is None
    assert account.some("ecr_repository")
    assert account.resources("ecr_replication_configuration") == []


def _environment(selection: dict[str, Any]) -> str:
    (named,) = selection.get("tagPrefixList") or selection["tagPatternList"]
    return str(named).partition("-")[0].rstrip("*")
