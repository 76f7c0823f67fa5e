"""CloudWatch alarms that watch what sleeps."""

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
    cloud.add_alarm("both", rule='ALARM("cpu") AND ALARM("x")')
    cloud.add_alarm("plain", rule="ALARM(cpu)")
    cloud.add_alarm("longer", rule='ALARM("cpu-of-others")')

    assert set(watched(cloud)) == {"cpu", "both", "plain"}


def test_alarms_of_scaling_policies_are_left() -> None:
    """Application Auto Scaling owns them."""
    cloud = SleepingCloud()
    cloud.add_alarm("TargetTracking-service/app/web-AlarmHigh", ServiceName="web", ClusterName="app")

    [found] = read(cloud, [WEB])

    assert found.hindrance == "it belongs to a scaling policy"
