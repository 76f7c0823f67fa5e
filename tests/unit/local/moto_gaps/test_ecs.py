"""ECS: what a service was asked for and moto does not keep."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import ecs
from opsplane_local.moto_gaps.patch import Gap, Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an ECS client with a cluster and a task definition."""
    client: Any = connect("ecs")
    client.create_cluster(clusterName="main")
    container = {"name": "app", "image": "app", "memory": 128}
    client.register_task_definition(family="app", containerDefinitions=[container])
    return client


def make_service(client: Any, **wishes: Any) -> None:
    """Create the service `app`."""
    client.create_service(cluster="main", serviceName="app", taskDefinition="app", desiredCount=1, **wishes)


def shown(client: Any, setting: str) -> object:
    """Return what DescribeServices says of a setting."""
    service: dict[str, object] = client.describe_services(cluster="main", services=["app"])["services"][0]
    return service.get(setting)


def test_moto_still_drops_rebalancing(client: Any) -> None:
    """Fails when moto keeps it: delete the gap then."""
    make_service(client, availabilityZoneRebalancing="ENABLED")

    assert shown(client, "availabilityZoneRebalancing") is None


@pytest.mark.parametrize("wish", ["ENABLED", "DISABLED"])
def test_rebalancing_is_kept(client: Any, patch: Patch, wish: str) -> None:
    """What was asked at creation is what is read."""
    ecs.zone_rebalancing(patch)

    make_service(client, availabilityZoneRebalancing=wish)

    assert shown(client, "availabilityZoneRebalancing") == wish


def test_rebalancing_can_be_changed(client: Any, patch: Patch) -> None:
    """An update with the setting changes it, one without leaves it alone."""
    ecs.zone_rebalancing(patch)
    make_service(client)

    client.update_service(cluster="main", service="app", availabilityZoneRebalancing="DISABLED")
    client.update_service(cluster="main", service="app", desiredCount=2)

    assert shown(client, "availabilityZoneRebalancing") == "DISABLED"


def test_moto_still_drops_the_grace_period(client: Any) -> None:
    """Fails when moto keeps it: delete the gap then."""
    make_service(client, healthCheckGracePeriodSeconds=60)

    assert shown(client, "healthCheckGracePeriodSeconds") is None


def test_the_grace_period_is_kept_beside_rebalancing(client: Any, patch: Patch) -> None:
    """Two gaps of one call do not undo each other."""
    ecs.grace_period(patch)
    ecs.zone_rebalancing(patch)

    make_service(client, healthCheckGracePeriodSeconds=60)

    assert shown(client, "healthCheckGracePeriodSeconds") == 60
    assert shown(client, "availabilityZoneRebalancing") == "ENABLED"


FLAGS = {"enableECSManagedTags": ecs.managed_tags, "enableExecuteCommand": ecs.shell_sessions}
SHARES = [{"capacityProvider": "FARGATE", "weight": 30}, {"capacityProvider": "FARGATE_SPOT", "weight": 70}]


@pytest.mark.parametrize("flag", FLAGS)
def test_moto_still_drops_flags(client: Any, flag: str) -> None:
    """Fails when moto keeps one: delete its gap then."""
    make_service(client, **{flag: True})

    assert shown(client, flag) is None


@pytest.mark.parametrize(("flag", "gap"), FLAGS.items())
def test_a_flag_is_kept_and_off_by_itself(client: Any, patch: Patch, flag: str, gap: Gap) -> None:
    """A service that does not say has the flag off; one that says so has it, until an update changes it."""
    gap(patch)

    make_service(client)
    assert shown(client, flag) is False
    client.update_service(cluster="main", service="app", **{flag: True})
    assert shown(client, flag) is True
    client.update_service(cluster="main", service="app", **{flag: False})
    assert shown(client, flag) is False


def test_moto_still_drops_capacity_providers(client: Any) -> None:
    """Fails when moto keeps them: delete the gap then."""
    make_service(client, capacityProviderStrategy=SHARES)

    assert shown(client, "capacityProviderStrategy") is None


def test_capacity_providers_are_kept_instead_of_a_launch_type(client: Any, patch: Patch) -> None:
    """A service has shares or a launch type, and an update may change the shares."""
    ecs.capacity_providers(patch)

    make_service(client, capacityProviderStrategy=SHARES)
    assert shown(client, "capacityProviderStrategy") == SHARES
    assert shown(client, "launchType") is None
    client.update_service(cluster="main", service="app", capacityProviderStrategy=SHARES[:1])

    assert shown(client, "capacityProviderStrategy") == SHARES[:1]


def test_a_launch_type_stays_without_capacity_providers(client: Any, patch: Patch) -> None:
    """The gap leaves alone what moto does right."""
    ecs.capacity_providers(patch)

    make_service(client, launchType="FARGATE")

    assert shown(client, "launchType") == "FARGATE"


def counts(client: Any) -> tuple[int, int]:
    """Return how many tasks of the service run, and how many of its cluster."""
    running: int = client.describe_services(cluster="main", services=["app"])["services"][0]["runningCount"]
    return running, client.describe_clusters(clusters=["main"])["clusters"][0]["runningTasksCount"]


def test_moto_still_leaves_a_new_service_without_tasks(client: Any) -> None:
    """Fails when moto lets a service reach its count: delete the gap then."""
    make_service(client)

    assert counts(client) == (0, 0)


def test_a_service_reaches_its_count_and_its_deployment_ends(client: Any, patch: Patch) -> None:
    """At once, when it is made and whenever it is changed."""
    ecs.services_reach_their_count(patch)

    make_service(client)
    assert counts(client) == (1, 1)
    client.update_service(cluster="main", service="app", desiredCount=3)
    assert counts(client) == (3, 3)
    client.update_service(cluster="main", service="app", desiredCount=0)
    assert counts(client) == (0, 0)

    [deployment] = client.describe_services(cluster="main", services=["app"])["services"][0]["deployments"]
    assert (deployment["desiredCount"], deployment["runningCount"]) == (0, 0)
    assert deployment["rolloutState"] == "COMPLETED"
