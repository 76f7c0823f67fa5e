"""Automation: schedules, rules, parameters, shells, budgets."""

import pytest
from acceptance.plans import Plan
from template import functions, resources

pytestmark = pytest.mark.infra


def schedules() -> dict[str, dict[str, object]]:
    """Return the schedules of the scheduler function by their names."""
    events = functions()["SchedulerFunction"]["Events"]
    return {name: each["Properties"] for name, each in events.items() if each["Type"] == "ScheduleV2"}


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        pytest.param("EnvironmentDown", 20, marks=pytest.mark.requirement("AUT-01", "CMP-16")),
        pytest.param("EnvironmentUp", 8, marks=pytest.mark.requirement("AUT-02", "CMP-17")),
    ],
)
@pytest.mark.requirement("ARC-17", "ARC-10")
def test_the_environment_sleeps_and_wakes_on_weekdays(name: str, hour: int) -> None:
    """At the hour of its own time zone, whatever the clock change."""
    found = schedules()[name]

    assert found["ScheduleExpression"] == f"cron(0 {hour} ? * MON-FRI *)"
    assert found["ScheduleExpressionTimezone"] == {"Ref": "ScheduleTimezone"}


@pytest.mark.requirement("AUT-03", "CMP-19")
def test_guardduty_findings_wake_the_remediator() -> None:
    """By a rule of its own."""
    event = functions()["RemediatorFunction"]["Events"]["GuardDutyFindings"]

    assert event["Type"] == "EventBridgeRule"
    assert event["Properties"]["Pattern"]["source"] == ["aws.guardduty"]


@pytest.mark.requirement("CMP-18")
def test_topics_wake_the_notifier() -> None:
    """Through a queue, so that nothing is lost while Slack is away."""
    queues = [
        each["Properties"]["Queue"]
        for each in functions()["NotifierFunction"]["Events"].values()
        if each["Type"] == "SQS"
    ]

    assert queues == [{"Fn::GetAtt": ["NoticeQueue", "Arn"]}]


@pytest.mark.requirement("ARC-10", "SEC-04")
def test_every_function_has_a_role_of_its_own() -> None:
    """SAM makes one from the function's own statements, where no role is given."""
    assert len(functions()) == 6
    assert [name for name, each in functions().items() if "Role" in each or not each.get("Policies")] == []
    assert resources("AWS::IAM::Role").keys() == set()


@pytest.mark.requirement("AUT-05")
def test_what_is_no_secret_is_a_parameter(plan: Plan) -> None:
    """Under the environment's path, in clear, so that people and the fleet can look it up."""
    found = plan.some("ssm_parameter")

    assert len(found) >= 20
    assert {each["type"] for each in found} == {"String"}
    assert all(each["name"].startswith(f"/opsplane/{plan.name}/base/") for each in found)


@pytest.mark.requirement("AUT-06")
def test_a_shell_is_a_choice_and_never_prods(plan: Plan) -> None:
    """Where it is on, the channel's endpoint and the rights are there too; where it is off, neither is."""
    on = plan.one("ecs_service")["enable_execute_command"]
    channel = plan.resources("vpc_endpoint", '"ssmmessages"')
    rights = "ssmmessages:" in plan.one("iam_role_policy", "ecs_service", "task")["policy"]

    assert (len(channel) == 1) == rights == on
    assert not (on and plan.name == "prod")


@pytest.mark.requirement("PHA-68", "PRJ-24", "CST-09")
def test_unusual_costs_are_told(account: Plan) -> None:
    """Above a threshold, at once, to the account's topic."""
    subscription = account.one("ce_anomaly_subscription")
    (who,) = subscription["subscriber"]
    (dimension,) = subscription.block("threshold_expression")["dimension"]

    assert subscription["frequency"] == "IMMEDIATE"
    assert (who["type"], who["address"]) == ("SNS", account.one("sns_topic_policy", "alert_topic")["arn"])
    assert dimension["values"] == [str(account.variables["anomaly_threshold_usd"])]
    assert subscription["monitor_arn_list"] == [account.one("ce_anomaly_monitor")["arn"]]


@pytest.mark.requirement("CST-08", "CST-09", "PRJ-24")
def test_every_environment_has_a_budget_that_tells(account: Plan) -> None:
    """The document's upper figures, and one for all together; a forecast rings while there is still something to do."""
    found = {each.key: each for each in account.some("budgets_budget")}
    limits = {name: float(each["limit_amount"]) for name, each in found.items()}

    assert {name: limits[name] for name in ("dev", "staging", "prod")} == {"dev": 120, "staging": 200, "prod": 600}
    for each in found.values():
        assert {notice["notification_type"] for notice in each["notification"]} == {"ACTUAL", "FORECASTED"}
        assert {notice["threshold"] for notice in each["notification"]} >= {80, 100}
        assert {*(arn for notice in each["notification"] for arn in notice["subscriber_sns_topic_arns"])} == {
            account.one("sns_topic_policy", "alert_topic")["arn"]
        }


@pytest.mark.requirement("CST-08", "PHA-67", "PRJ-24")
def test_costs_can_be_told_apart_by_tag(account: Plan) -> None:
    """Each budget looks at its environment's tag; the tags are switched on once AWS has seen them."""
    filters = {
        each.key: each["cost_filter"][0]["values"]
        for each in account.some("budgets_budget")
        if each.key in {"dev", "staging", "prod"}
    }

    assert filters == {name: [f"user:Environment${name}"] for name in ("dev", "staging", "prod")}
    assert list(account.variables["cost_allocation_tags"]) == []
    assert account.resources("ce_cost_allocation_tag") == []
