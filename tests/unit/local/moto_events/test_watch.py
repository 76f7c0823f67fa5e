"""When changes are told, and when not."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto.ec2.models import ec2_backends
from moto.moto_api._internal import mock_random
from opsplane_local.moto_events.kind import Backend, Kind, Seen
from opsplane_local.moto_events.watch import Watch, held_backend

pytestmark = pytest.mark.integration


def launch(ec2: Any) -> str:
    """Launch an instance and return its id."""
    instance: str = ec2.run_instances(ImageId="ami-1", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    return instance


def test_looking_makes_nothing(watched: Any) -> None:
    """A default network that a look had made would have other ids after each restart."""
    watched.client("ecs").list_clusters()

    assert held_backend("ec2", "000000000000", "us-east-1") is None
    assert "us-east-1" not in list(ec2_backends["000000000000"])


def test_looking_draws_no_random_numbers(watched: Any) -> None:
    """The journal takes a request that draws some for one that has made something."""
    launch(watched.client("ec2"))
    rds, ecs = watched.client("rds"), watched.client("ecs")
    login = {"MasterUsername": "admin", "MasterUserPassword": "long-enough"}
    size = {"DBInstanceClass": "db.t3.micro", "AllocatedStorage": 20}
    rds.create_db_cluster(DBClusterIdentifier="pair", Engine="aurora-postgresql", **login)
    rds.create_db_instance(DBInstanceIdentifier="db", Engine="postgres", **size, **login)
    ecs.create_cluster(clusterName="main")
    ecs.create_service(cluster="main", serviceName="app", desiredCount=1)
    mock_random.seed(7)
    before = mock_random.getstate()

    watched.watch.begin(watched.hear)

    assert mock_random.getstate() == before


def test_what_a_replay_does_was_told_before(watched: Any) -> None:
    """Nothing is told before the watch begins, and what is there then is no news."""
    watched.watch = Watch(watched.watch._app, watched.watch._kinds, "000000000000", "us-east-1")  # noqa: SLF001 - the same moto
    ec2 = watched.client("ec2")
    instance = launch(ec2)
    watched.watch.begin(watched.hear)

    ec2.describe_instances()
    assert watched.said == []
    ec2.stop_instances(InstanceIds=[instance])

    assert [said["Detail"]["state"] for said in watched.said] == ["stopping", "stopped"]


def test_scenes_are_not_told(watched: Any) -> None:
    """The sample that a scene is for is the event about it; what comes after it is news again."""
    instance = launch(watched.client("ec2", agent=" opsplane-scene/1"))
    assert watched.said == []

    watched.client("ec2").stop_instances(InstanceIds=[instance])

    assert [said["Detail"]["state"] for said in watched.said] == ["stopping", "stopped"]


def test_a_resource_that_cannot_be_read_does_not_spoil_the_answer(
    watched: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller gets what moto has answered, and the log says what went wrong."""

    def look(_backend: Backend) -> Iterator[tuple[str, Seen]]:
        message = "no such attribute"
        raise AttributeError(message)

    watched.watch._kinds = (Kind("ec2", look, lambda *_: []),)  # noqa: SLF001 - a kind that fails

    assert launch(watched.client("ec2"))
    assert "could not be told" in caplog.text
