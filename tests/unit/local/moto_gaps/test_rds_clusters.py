"""RDS: clusters that stop and start with their members."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import rds
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an RDS client with the cluster `pair` of two members, and the instance `alone`."""
    client: Any = connect("rds")
    login = {"MasterUsername": "admin", "MasterUserPassword": "long-enough"}
    client.create_db_cluster(DBClusterIdentifier="pair", Engine="aurora-postgresql", **login)
    for name in ("writer", "reader"):
        client.create_db_instance(
            DBInstanceIdentifier=name,
            Engine="aurora-postgresql",
            DBInstanceClass="db.r6g.large",
            DBClusterIdentifier="pair",
        )
    client.create_db_instance(
        DBInstanceIdentifier="alone", Engine="postgres", DBInstanceClass="db.t3.micro", AllocatedStorage=20, **login
    )
    return client


def states(client: Any) -> dict[str, str]:
    """Return the state of each instance."""
    return {i["DBInstanceIdentifier"]: i["DBInstanceStatus"] for i in client.describe_db_instances()["DBInstances"]}


def test_moto_still_leaves_members_available(client: Any) -> None:
    """Fails when moto stops members with their cluster: delete the gap then."""
    client.stop_db_cluster(DBClusterIdentifier="pair")

    assert states(client) == {"writer": "available", "reader": "available", "alone": "available"}


def test_members_stop_and_start_with_their_cluster(client: Any, patch: Patch) -> None:
    """Only they do, and a refused call changes none."""
    rds.members_follow_their_cluster(patch)

    client.stop_db_cluster(DBClusterIdentifier="pair")
    assert states(client) == {"writer": "stopped", "reader": "stopped", "alone": "available"}
    with pytest.raises(client.exceptions.InvalidDBClusterStateFault):
        client.stop_db_cluster(DBClusterIdentifier="pair")
    client.start_db_cluster(DBClusterIdentifier="pair")

    assert states(client) == {"writer": "available", "reader": "available", "alone": "available"}


def test_moto_still_stops_a_member_alone(client: Any) -> None:
    """Fails when moto refuses it: delete the gap then."""
    client.stop_db_instance(DBInstanceIdentifier="reader")

    assert states(client)["reader"] == "stopped"


def test_a_member_neither_stops_nor_starts_alone(client: Any, patch: Patch) -> None:
    """Its cluster does; an instance of no cluster does as before."""
    rds.members_do_not_stop_alone(patch)

    for call in (client.stop_db_instance, client.start_db_instance):
        with pytest.raises(client.exceptions.ClientError, match="not eligible for stopping and starting"):
            call(DBInstanceIdentifier="reader")
    client.stop_db_instance(DBInstanceIdentifier="alone")
    assert states(client) == {"writer": "available", "reader": "available", "alone": "stopped"}
    client.start_db_instance(DBInstanceIdentifier="alone")

    assert states(client)["alone"] == "available"
