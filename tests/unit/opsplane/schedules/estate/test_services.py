"""ECS services and their bounds."""

from typing import Any

import pytest
from opsplane.schedules.estate.services import read
from opsplane.schedules.workload import Running, Workload
from sleeping_cloud import SleepingCloud


def service(count: int = 3, bounds: tuple[int, int] | None = None, **more: Any) -> Workload:
    """One service as it is read."""
    cloud = SleepingCloud()
    cloud.add_service("web", count, bounds)
    cloud.services["web"].update(more)
    [(found, _)] = read(cloud, "dev")
    return found


def test_a_service_is_its_count_and_its_bounds() -> None:
    """Those of Application Auto Scaling, when it scales."""
    assert service(3, (2, 6)).size == {"desired": 3, "min": 2, "max": 6}
    assert service(3).size == {"desired": 3}
    assert service().targets == ("targetgroup/web/1",)


@pytest.mark.parametrize(
    ("desired", "there", "running", "ready"),
    [
        (3, 3, Running.RUNNING, True),
        (3, 1, Running.RUNNING, False),
        (3, 0, Running.RUNNING, False),
        (0, 2, Running.STOPPING, True),
        (0, 0, Running.STOPPED, True),
    ],
)
def test_a_service_runs_when_it_is_wanted_and_is_ready_with_all_its_tasks(
    desired: int,
    there: int,
    running: Running,
    ready: bool,  # noqa: FBT001
) -> None:
    """One that crashes all the time runs, and can be put to sleep; one that drains is on its way down."""
    found = service(desired, runningCount=there)

    assert (found.running, found.ready) == (running, ready)


def test_a_daemon_has_no_count() -> None:
    """It is left."""
    assert "has no count" in service(schedulingStrategy="DAEMON").hindrance


def test_tasks_cost_on_fargate_nothing_on_instances_and_who_knows_on_spot() -> None:
    """On EC2 the instances cost."""
    spot = [{"capacityProvider": "FARGATE_SPOT"}]

    assert service().hourly == pytest.approx(3 * 0.0123425)
    assert service(launchType="EC2").hourly == 0
    assert service(capacityProviderStrategy=spot).hourly is None
    assert service(capacityProviderStrategy=[{"capacityProvider": "FARGATE"}]).hourly == pytest.approx(3 * 0.0123425)


def test_a_service_that_is_gone_is_not_there() -> None:
    """AWS shows it for an hour."""
    cloud = SleepingCloud()
    cloud.add_service("web")
    cloud.services["web"]["status"] = "INACTIVE"

    assert read(cloud, "dev") == []


def test_tasks_on_machines_of_ones_own_cost_nothing_besides() -> None:
    """Instances of a capacity provider, and those outside AWS, are no Fargate."""
    instances = [{"capacityProvider": "own-machines", "weight": 1}]

    assert service(launchType="EXTERNAL").hourly == 0
    assert service(launchType=None, capacityProviderStrategy=instances).hourly == 0


@pytest.mark.parametrize(
    ("platform", "hourly"),
    [
        ({"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, 3 * (0.25 * 0.03238 + 0.5 * 0.00356)),
        ({"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}, None),
    ],
)
def test_the_platform_of_a_task_is_in_its_price(
    platform: dict[str, str], hourly: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ARM costs less; a Windows licence is not in the table."""
    definition = {"taskDefinition": {"cpu": "256", "memory": "512", "runtimePlatform": platform}}
    monkeypatch.setattr(SleepingCloud, "_describe_task_definition", lambda *_: definition)
    found = service(taskDefinition=f"web:{platform}").hourly

    assert found == (None if hourly is None else pytest.approx(hourly))


def test_a_hundred_services_are_listed_at_a_time() -> None:
    """Ten would be, unless asked otherwise: as many calls for the names as for the services."""
    asked = dict[str, Any]()

    class Asked(SleepingCloud):
        def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
            asked[operation] = parameters
            return super().read(service, operation, **parameters)

    cloud = Asked()
    cloud.add_service("web")
    read(cloud, "dev")

    assert asked["list_services"]["maxResults"] == 100


def test_bounds_are_read_only_where_there_is_a_service() -> None:
    """An environment without services costs the listing alone."""
    cloud = SleepingCloud()
    cloud.add_service("web", environment="prod")

    assert read(cloud, "dev") == []
    assert "describe_scalable_targets" not in cloud.asked
