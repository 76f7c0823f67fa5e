"""Metrics that ring, with the thresholds of the platform document in the units of the metrics."""

import re

import pytest
from acceptance.alarms import computing, expression, inputs, minutes, rings, statistic, topic, watching
from acceptance.golden import SIZES
from acceptance.golden_alarms import ALARMS, ALB, CACHE, CRITICAL, INSIGHTS, ON_DASHBOARD_ONLY, PHASE, RUNBOOKS, Alarm
from acceptance.plans import Plan, Resource

pytestmark = pytest.mark.infra


def members(plan: Plan) -> int:
    """Return how many nodes the cache has: each has alarms of its own, because any may become the primary."""
    return 1 + SIZES[plan.name].cache_replicas


@pytest.mark.parametrize(
    "alarm", [pytest.param(each, marks=pytest.mark.requirement(id_)) for id_, each in ALARMS.items()]
)
def test_a_metric_rings_at_its_threshold(plan: Plan, alarm: Alarm) -> None:
    """Comparison, threshold and, where the document gives them, statistic and duration."""
    found = watching(plan, alarm.namespace, alarm.metric)

    assert len(found) == (members(plan) if alarm.namespace == CACHE else 1)
    for each in found:
        comparison, threshold = rings(each)
        assert comparison == alarm.comparison
        assert threshold == pytest.approx(alarm.threshold(SIZES[plan.name]))
        assert alarm.statistic in {None, statistic(each)}
        assert alarm.minutes in {None, minutes(each)}


@pytest.mark.requirement("OBS-06")
def test_fewer_healthy_targets_than_wanted_ring(plan: Plan) -> None:
    """Compared with what the service wants at that minute, which scaling and the night change."""
    (alarm,) = computing(plan, "HealthyHostCount", "DesiredTaskCount")

    assert inputs(alarm) == {"HealthyHostCount": "Minimum", "DesiredTaskCount": "Maximum"}
    assert re.sub(r"\s", "", expression(alarm)) == "desired-FILL(healthy,0)"
    assert rings(alarm) == (">", 0)


@pytest.mark.requirement("OBS-20")
def test_a_low_hit_rate_rings(plan: Plan) -> None:
    """Counted from hits and misses, below 80 percent."""
    found = computing(plan, "CacheHits", "CacheMisses")

    assert len(found) == members(plan)
    for each in found:
        assert "100 * hits / (hits + misses)" in expression(each)
        assert rings(each) == ("<", 80)


@pytest.mark.requirement("OBS-21")
def test_lag_rings_only_where_there_is_a_replica(plan: Plan) -> None:
    """Above a second; without a replica the alarm would never have data."""
    found = watching(plan, CACHE, "ReplicationLag")

    assert plan.some("cloudwatch_metric_alarm")
    assert len(found) == (2 if plan.name == "prod" else 0)
    assert {rings(each) for each in found} == ({(">", 1)} if found else set())


@pytest.mark.requirement("OBS-22", "ARC-27", "ARC-28")
def test_many_error_lines_ring_and_wake_somebody(plan: Plan) -> None:
    """More than ten in a minute, counted by filters on the application's log group."""
    filters = [each for each in plan.some("cloudwatch_log_metric_filter") if "ERROR" in each["pattern"]]
    (metric,) = {
        (made["namespace"], made["name"]) for each in filters for made in [each.block("metric_transformation")]
    }
    (alarm,) = watching(plan, *metric)

    assert {each["log_group_name"] for each in filters} == {f"/ecs/{plan.name}/fastapi"}
    assert (rings(alarm), statistic(alarm), minutes(alarm)) == ((">", 10), "Sum", 1)
    assert topic(alarm) == f"{plan.name}-critical-alerts"


@pytest.mark.parametrize(
    "metric", [pytest.param(each, marks=pytest.mark.requirement(id_)) for id_, each in ON_DASHBOARD_ONLY.items()]
)
def test_what_is_only_looked_at_rings_nobody(plan: Plan, metric: str) -> None:
    """It is on the dashboard."""
    assert metric in plan.one("cloudwatch_dashboard")["dashboard_body"]
    assert plan.some("cloudwatch_metric_alarm")
    assert watching(plan, ALB, metric) == []


@pytest.mark.requirement("PHA-44", "MON-01", "MON-02", "MON-03")
def test_the_phases_seven_alarms_exist(plan: Plan) -> None:
    """Front door, tasks, database and cache."""
    found = {(each["namespace"], each["metric_name"]) for each in plan.some("cloudwatch_metric_alarm")}

    assert found >= PHASE


@pytest.mark.requirement("PRJ-19", "PRJ-09")
def test_an_alarm_says_what_to_do(plan: Plan, account: Plan) -> None:
    """Its description ends in the runbook to open."""
    alarms = [*plan.some("cloudwatch_metric_alarm"), *account.some("cloudwatch_metric_alarm")]
    named = {each.address: _runbook(each) for each in alarms}

    assert {address: name for address, name in named.items() if name not in RUNBOOKS} == {}


@pytest.mark.requirement("PHA-43", "MON-09", "MON-10")
def test_what_users_feel_is_critical_and_the_rest_waits(plan: Plan) -> None:
    """Each alarm publishes to one of two topics, also when it is over."""
    alarms = plan.some("cloudwatch_metric_alarm")
    critical = {
        (each["namespace"], each["metric_name"]) for each in alarms if topic(each) == f"{plan.name}-critical-alerts"
    }

    assert {topic(each) for each in alarms} == {f"{plan.name}-critical-alerts", f"{plan.name}-warning-alerts"}
    assert critical >= CRITICAL
    assert all(each["ok_actions"] == each["alarm_actions"] for each in alarms)


@pytest.mark.requirement("OBS-10")
def test_no_task_at_all_is_no_silence(plan: Plan) -> None:
    """Without a task there is no metric, and that is the failure."""
    (alarm,) = watching(plan, INSIGHTS, "RunningTaskCount")

    assert alarm["treat_missing_data"] == "breaching"


def _runbook(alarm: Resource) -> str:
    found = re.search(r"docs/runbooks/([a-z0-9-]+)\.md$", alarm["alarm_description"])
    return found[1] if found else ""
