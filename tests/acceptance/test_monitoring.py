"""Logs, dashboard, saved queries and topics."""

import itertools
import json
from typing import Any

import pytest
from acceptance.golden import SIZES, TOPICS
from acceptance.golden_alarms import ROWS, VIEWS
from acceptance.plans import Plan
from template import functions, resources

pytestmark = pytest.mark.infra


def dashboard(plan: Plan) -> list[list[dict[str, Any]]]:
    """Return the widgets of the dashboard by row, from left to right."""
    widgets = plan.one("cloudwatch_dashboard").document("dashboard_body")["widgets"]
    ordered = sorted(widgets, key=lambda each: (each["y"], each["x"]))
    return [list(row) for _, row in itertools.groupby(ordered, key=lambda each: each["y"])]


def metrics(widget: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the metrics of a widget, expressions left out."""
    return [(each[0], each[1]) for each in widget["properties"]["metrics"] if isinstance(each[0], str)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(0, marks=pytest.mark.requirement("OBS-23")),
        pytest.param(1, marks=pytest.mark.requirement("OBS-24")),
        pytest.param(2, marks=pytest.mark.requirement("OBS-25")),
        pytest.param(3, marks=pytest.mark.requirement("OBS-26", "MON-04")),
    ],
)
@pytest.mark.requirement("PHA-45", "PRJ-09")
def test_a_row_of_the_dashboard_shows_its_three_metrics(plan: Plan, row: int) -> None:
    """Each drawn as the document draws it."""
    widgets = dashboard(plan)[row]

    assert len(widgets) == 3
    for widget, metric, (view, stacked) in zip(widgets, ROWS[row], VIEWS[row], strict=True):
        assert widget["type"] == "metric"
        assert metric in metrics(widget)
        assert (widget["properties"]["view"], bool(widget["properties"].get("stacked"))) == (view, stacked)


@pytest.mark.requirement("OBS-23")
def test_latency_is_drawn_as_p50_and_p99(plan: Plan) -> None:
    """One line each."""
    lines = dashboard(plan)[0][1]["properties"]["metrics"]

    assert [each[-1]["stat"] for each in lines] == ["p50", "p99"]


@pytest.mark.requirement("OBS-26", "MON-04")
def test_hits_and_misses_stand_on_one_another(plan: Plan) -> None:
    """Both in one graph, for each node of the cache."""
    found = metrics(dashboard(plan)[3][0])

    for name in ("CacheHits", "CacheMisses"):
        assert found.count(("AWS/ElastiCache", name)) == 1 + SIZES[plan.name].cache_replicas


@pytest.mark.requirement("OBS-27", "PHA-45")
def test_the_last_row_lists_the_newest_errors(plan: Plan) -> None:
    """Twenty, from the application's log group."""
    rows = dashboard(plan)
    (widget,) = rows[4]
    query = widget["properties"]["query"]

    assert len(rows) == 5
    assert widget["type"] == "log"
    assert f"/ecs/{plan.name}/fastapi" in query
    assert "ERROR" in query
    assert query.endswith("sort @timestamp desc | limit 20")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("error", ("ERROR", "path", "limit 10"), marks=pytest.mark.requirement("OBS-28")),
        pytest.param(
            "slow", ("Request completed", "duration=", "> 1000", "bin(5m)"), marks=pytest.mark.requirement("OBS-29")
        ),
        pytest.param("status", ("Request completed", "status=", "count("), marks=pytest.mark.requirement("OBS-30")),
    ],
)
@pytest.mark.requirement("MON-12")
def test_a_query_is_saved(plan: Plan, query: str, words: tuple[str, ...]) -> None:
    """Over the application's log group."""
    found = plan.one("cloudwatch_query_definition", query)

    assert found["log_group_names"] == [f"/ecs/{plan.name}/fastapi"]
    assert [word for word in words if word not in found["query_string"]] == []


@pytest.mark.requirement("MON-05", "ARC-25")
def test_the_application_has_its_log_group(plan: Plan) -> None:
    """Named after environment and service."""
    names = [each["name"] for each in plan.some("cloudwatch_log_group")]

    assert names.count(f"/ecs/{plan.name}/fastapi") == 1


@pytest.mark.requirement("MON-06")
def test_postgresqls_log_is_exported(plan: Plan) -> None:
    """Into a group that exists before RDS would make one that forgets nothing."""
    database = plan.one("db_instance")
    names = [each["name"] for each in plan.some("cloudwatch_log_group")]

    assert database["enabled_cloudwatch_logs_exports"] == ["postgresql"]
    assert f"/aws/rds/instance/{database['identifier']}/postgresql" in names


@pytest.mark.requirement("MON-07")
def test_a_function_has_a_log_group_with_an_end() -> None:
    """All six, under the name that Lambda would give."""
    groups = resources("AWS::Logs::LogGroup")
    for name, function in functions().items():
        group = groups[function["LoggingConfig"]["LogGroup"]["Ref"]]
        assert group["LogGroupName"]["Fn::Sub"] == f"/aws/lambda/{function['FunctionName']['Fn::Sub']}", name
        assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert len(functions()) == 6


@pytest.mark.requirement("MON-08", "PHA-14")
def test_flow_logs_have_a_log_group(plan: Plan) -> None:
    """Kept as long as all others."""
    group = plan.one("cloudwatch_log_group", "flow_logs")

    assert plan.one("flow_log")["log_destination"] == group["arn"]
    assert group["retention_in_days"] == SIZES[plan.name].log_days


@pytest.mark.requirement("ARC-26", "PHA-41")
def test_logs_are_kept_as_long_as_the_environment_says(plan: Plan) -> None:
    """All of them, under the environment's key."""
    groups = plan.some("cloudwatch_log_group")

    assert len(groups) >= 5
    assert {each["retention_in_days"] for each in groups} == {SIZES[plan.name].log_days}
    assert {each["kms_key_id"] for each in groups} == {plan.one("kms_key", "module.encryption")["arn"]}


@pytest.mark.requirement("PHA-42")
def test_log_lines_become_metrics(plan: Plan) -> None:
    """Errors and requests are counted, latency is read."""
    made = [each.block("metric_transformation") for each in plan.some("cloudwatch_log_metric_filter")]

    assert {each["name"] for each in made} == {"ErrorCount", "RequestCount", "Latency"}
    assert {each["value"] for each in made if each["name"] == "Latency"} == {"$.duration_ms"}


@pytest.mark.parametrize(
    "severity",
    [
        pytest.param("critical", marks=pytest.mark.requirement("MON-09")),
        pytest.param("warning", marks=pytest.mark.requirement("MON-10")),
        pytest.param("info", marks=pytest.mark.requirement("MON-11")),
    ],
)
@pytest.mark.requirement("PHA-43", "ARC-10")
def test_a_topic_brings_alerts_to_the_notifier(severity: str) -> None:
    """Under the name that alarms publish to; the notifier tells Slack and PagerDuty, AWS itself sends e-mail."""
    topics = resources("AWS::SNS::Topic")
    (topic,) = [
        name for name, each in topics.items() if each["TopicName"] == {"Fn::Sub": f"${{Environment}}-{severity}-alerts"}
    ]
    subscribed = [each for each in resources("AWS::SNS::Subscription").values() if each["TopicArn"] == {"Ref": topic}]
    queue, people = ("sqs", {"Fn::GetAtt": ["NoticeQueue", "Arn"]}), ("email", {"Ref": "AlertEmail"})

    assert len(topics) == len(TOPICS)
    assert [(each["Protocol"], each["Endpoint"]) for each in subscribed] == (
        [queue] if severity == "info" else [queue, people]
    )


@pytest.mark.requirement("MON-12", "ARC-10")
def test_events_are_routed_by_rules(account: Plan) -> None:
    """Of the account to people, and of the fleet to its functions."""
    wanted = {each["name"] for each in account.some("cloudwatch_event_rule")}

    assert {each["rule"] for each in account.some("cloudwatch_event_target")} == wanted
    assert json.dumps(functions()["RemediatorFunction"]["Events"]).count("EventBridgeRule") >= 5
