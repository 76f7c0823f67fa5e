"""What ECS says of services."""

from typing import Any

import pytest
from opsplane_local.moto_events.ecs import tell
from opsplane_local.moto_events.kind import Seen

pytestmark = pytest.mark.integration


@pytest.fixture
def ecs(watched: Any) -> Any:
    """Return an ECS client with the service `app`, whose events are forgotten."""
    client = watched.client("ecs")
    client.create_cluster(clusterName="main")
    client.register_task_definition(family="app", containerDefinitions=[{"name": "app", "image": "app", "memory": 128}])
    client.create_service(cluster="main", serviceName="app", taskDefinition="app", desiredCount=2)
    watched.said.clear()
    return client


def test_a_steady_service_is_told_of_as_aws_does(watched: Any, ecs: Any) -> None:
    """The event as the documentation shows it."""
    ecs.update_service(cluster="main", service="app", desiredCount=0)

    [said] = watched.said
    arn = "arn:aws:ecs:us-east-1:000000000000:service/main/app"
    assert (said["Source"], said["DetailType"], said["Resources"]) == ("aws.ecs", "ECS Service Action", [arn])
    assert said["Detail"].pop("createdAt").endswith("Z")
    assert said["Detail"] == {
        "eventType": "INFO",
        "eventName": "SERVICE_STEADY_STATE",
        "clusterArn": "arn:aws:ecs:us-east-1:000000000000:cluster/main",
    }


def test_an_update_to_the_same_count_says_nothing(watched: Any, ecs: Any) -> None:
    """Only a change has to become steady; neither a refused call nor the end of the service does."""
    ecs.update_service(cluster="main", service="app", desiredCount=3)
    watched.said.clear()

    ecs.update_service(cluster="main", service="app", desiredCount=3)
    with pytest.raises(ecs.exceptions.ServiceNotFoundException):
        ecs.update_service(cluster="main", service="other", desiredCount=1)
    ecs.delete_service(cluster="main", service="app", force=True)

    assert watched.said == []


def test_a_service_whose_tasks_are_missing_is_not_steady() -> None:
    """It becomes so when they run."""
    waiting = Seen((2, 0), {"cluster": "arn", "counts": (2, 0)})

    assert list(tell("arn", None, waiting)) == []
