"""CloudWatch alarms that watch what sleeps."""

import pytest
from opsplane.schedules.estate.alarms import read
from opsplane.schedules.workload import Running, Workload, WorkloadKind
from sleeping_cloud import SleepingCloud

WEB = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, targets=("targetgroup/web/1",))
DB = Workload(WorkloadKind.DATABASE, "orders", Running.RUNNING)


def watched(cloud: SleepingCloud) -> dict[str, frozenset[str]]:
    """What each alarm watches of these two."""
    return {each.id: each.watches for each in read(cloud, [WEB, DB])}


def test_an_alarm_is_found_by_what_its_dimensions_name() -> None:
    """Instance, service, target group; one that names others is not ours."""
    cloud = SleepingCloud()
    cloud.add_alarm("cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("tasks", ServiceName="web", ClusterName="app")
    cloud.add_alarm("hosts", TargetGroup="targetgroup/web/1", LoadBalancer="app/x/2")
    cloud.add_alarm("other", ServiceName="web", ClusterName="elsewhere")

    assert watched(cloud) == {
        "cpu": frozenset({DB.key}),
        "tasks": frozenset({WEB.key}),
        "hosts": frozenset({WEB.key}),
    }


def test_metric_math_is_looked_into() -> None:
    """Its dimensions stand in its parts."""
    cloud = SleepingCloud()
    cloud.add_alarm("ratio")
    dimensions = [{"Name": "DBInstanceIdentifier", "Value": "orders"}]
    cloud.alarms["ratio"]["Metrics"] = [
        {"Id": "m1", "MetricStat": {"Metric": {"Dimensions": dimensions}}},
        {"Id": "e1"},
    ]

    assert watched(cloud) == {"ratio": frozenset({DB.key})}


def test_a_composite_alarm_rests_with_those_that_it_names() -> None:
    """Quoted or not."""
    cloud = SleepingCloud()
    cloud.add_alarm("cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("tasks", ServiceName="web", ClusterName="app")
    cloud.add_alarm("both", rule='ALARM("cpu") AND ALARM("tasks")')
    cloud.add_alarm("plain", rule="ALARM(cpu)")
    cloud.add_alarm("longer", rule='ALARM("cpu-of-others")')

    assert set(watched(cloud)) == {"cpu", "tasks", "both", "plain"}


def test_a_composite_alarm_that_watches_another_environment_too_goes_on() -> None:
    """Also through another composite one: production must not be silent while dev sleeps."""
    cloud = SleepingCloud()
    cloud.add_alarm("cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("mixed", rule='ALARM("cpu") OR ALARM("cpu-of-prod")')
    cloud.add_alarm("above", rule='ALARM("mixed")')

    assert set(watched(cloud)) == {"cpu"}


def test_alarms_of_scaling_policies_are_left() -> None:
    """Application Auto Scaling owns them."""
    cloud = SleepingCloud()
    cloud.add_alarm("TargetTracking-service/app/web-AlarmHigh", ServiceName="web", ClusterName="app")

    [found] = read(cloud, [WEB])

    assert found.hindrance == "it belongs to a scaling policy"


@pytest.mark.parametrize(
    "rule",
    [
        'ALARM("arn:aws:cloudwatch:us-east-1:000000000000:alarm:cpu")',
        "ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:cpu)",
        "NOT OK( cpu ) AND TRUE",
        'INSUFFICIENT_DATA ( "cpu" )',
    ],
)
def test_a_rule_names_alarms_in_many_ways(rule: str) -> None:
    """By name or by ARN, in any state, with spaces."""
    cloud = SleepingCloud()
    cloud.add_alarm("cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("all", rule=rule)

    assert watched(cloud)["all"] == {DB.key}


def test_a_composite_of_composites_rests_with_what_lies_beneath() -> None:
    """In whatever order AWS lists them, also where they name each other."""
    cloud = SleepingCloud()
    cloud.add_alarm("top", rule='ALARM("middle") OR ALARM("loop")')
    cloud.add_alarm("middle", rule='ALARM("cpu") OR ALARM("tasks")')
    cloud.add_alarm("loop", rule='ALARM("top")')
    cloud.add_alarm("elsewhere", rule='ALARM("others")')
    cloud.add_alarm("cpu", DBInstanceIdentifier="orders")
    cloud.add_alarm("tasks", ServiceName="web", ClusterName="app")

    found = watched(cloud)

    assert {name: found.get(name) for name in ("top", "loop", "elsewhere")} == {
        "top": {DB.key, WEB.key},
        "loop": {DB.key, WEB.key},
        "elsewhere": None,
    }


def test_an_alarm_of_a_member_is_one_of_its_cluster() -> None:
    """Aurora's CPU is measured by instance, and a cache's by node."""
    cloud = SleepingCloud()
    cloud.add_alarm("writer", DBInstanceIdentifier="events-1")
    cloud.add_alarm("node", CacheClusterId="sessions-001")
    events = Workload(WorkloadKind.CLUSTER, "events", Running.RUNNING, targets=("rds:events-1",))
    sessions = Workload(WorkloadKind.CACHE, "sessions", Running.RUNNING, targets=("cache:sessions-001",))

    assert {each.id: each.watches for each in read(cloud, [events, sessions])} == {
        "writer": {events.key},
        "node": {sessions.key},
    }


def test_an_alarm_whose_actions_are_off_is_stopped() -> None:
    """A person turned them off."""
    cloud = SleepingCloud()
    cloud.add_alarm("muted", enabled=False, DBInstanceIdentifier="orders")

    assert [each.running for each in read(cloud, [DB])] == [Running.STOPPED]


def test_all_alarms_are_one_reading_call() -> None:
    """However many there are, and whatever sleeps."""
    cloud = SleepingCloud()
    for number in range(250):
        cloud.add_alarm(f"cpu-{number}", DBInstanceIdentifier="orders")

    assert len(read(cloud, [WEB, DB])) == 250
    assert cloud.asked == ["describe_alarms"]
