"""What RDS says of instances and clusters."""

from typing import Any

import pytest
from opsplane_local.moto_events.kind import Seen
from opsplane_local.moto_events.rds import tell_of_instance

pytestmark = pytest.mark.integration

OWNER = [{"Key": "Owner", "Value": "data"}]
LOGIN = {"MasterUsername": "admin", "MasterUserPassword": "long-enough"}


def ids(said: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return whom each event is about and its id, in order, and forget them."""
    told = [(entry["Detail"]["SourceIdentifier"], entry["Detail"]["EventID"]) for entry in said]
    said.clear()
    return told


@pytest.fixture
def rds(watched: Any) -> Any:
    """Return an RDS client with the instance `db`."""
    client = watched.client("rds")
    client.create_db_instance(
        DBInstanceIdentifier="db",
        Engine="postgres",
        DBInstanceClass="db.t3.micro",
        AllocatedStorage=20,
        Tags=OWNER,
        **LOGIN,
    )
    return client


def test_a_stopped_instance_is_told_of_as_aws_does(watched: Any, rds: Any) -> None:
    """The event as the documentation shows it."""
    rds.stop_db_instance(DBInstanceIdentifier="db")

    [said] = watched.said
    arn = "arn:aws:rds:us-east-1:000000000000:db:db"
    assert (said["Source"], said["DetailType"], said["Resources"]) == ("aws.rds", "RDS DB Instance Event", [arn])
    assert said["Detail"].pop("Date").endswith("Z")
    assert said["Detail"] == {
        "EventCategories": ["notification"],
        "SourceType": "DB_INSTANCE",
        "SourceArn": arn,
        "Message": "DB instance stopped",
        "SourceIdentifier": "db",
        "EventID": "RDS-EVENT-0087",
        "Tags": {"Owner": "data"},
    }


def test_a_started_instance_is_told_of(watched: Any, rds: Any) -> None:
    """After it was stopped; a refused start says nothing."""
    with pytest.raises(rds.exceptions.ClientError):
        rds.start_db_instance(DBInstanceIdentifier="db")
    assert ids(watched.said) == []
    rds.stop_db_instance(DBInstanceIdentifier="db")
    rds.start_db_instance(DBInstanceIdentifier="db")

    assert ids(watched.said) == [("db", "RDS-EVENT-0087"), ("db", "RDS-EVENT-0088")]


def test_a_cluster_is_told_of(watched: Any, rds: Any) -> None:
    """The same for clusters, under their own names."""
    rds.create_db_cluster(DBClusterIdentifier="pair", Engine="aurora-postgresql", Tags=OWNER, **LOGIN)
    rds.stop_db_cluster(DBClusterIdentifier="pair")
    said = watched.said[-1]
    assert said["DetailType"] == "RDS DB Cluster Event"
    assert said["Resources"] == ["arn:aws:rds:us-east-1:000000000000:cluster:pair"]
    assert (said["Detail"]["SourceType"], said["Detail"]["Message"]) == ("CLUSTER", "DB cluster stopped")
    assert said["Detail"]["Tags"] == {"Owner": "data"}

    rds.start_db_cluster(DBClusterIdentifier="pair")

    assert ids(watched.said) == [("pair", "RDS-EVENT-0150"), ("pair", "RDS-EVENT-0151")]


@pytest.mark.parametrize("was", [None, "modifying", "rebooting"])
def test_only_a_start_makes_an_instance_started(was: str | None) -> None:
    """A new instance and one that comes back from elsewhere are none that was started."""
    facts = {"name": "db", "tags": []}
    former = Seen(was, facts) if was else None

    assert list(tell_of_instance("arn", former, Seen("available", facts))) == []
