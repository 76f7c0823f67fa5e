"""RDS instances and Aurora clusters."""

from typing import Any

import pytest
from opsplane.schedules.estate.databases import read, read_clusters
from opsplane.schedules.workload import Running, Workload
from sleeping_cloud import SleepingCloud


def database(state: str = "available", **more: Any) -> Workload:
    """One instance as it is read."""
    cloud = SleepingCloud()
    cloud.add_database("orders", state, **more)
    [(found, _)] = read(cloud, "dev")
    return found


def cluster(**more: Any) -> Workload:
    """One cluster with two members as it is read."""
    cloud = SleepingCloud()
    cloud.add_cluster("events", **more)
    for number in (1, 2):
        cloud.add_database(f"events-{number}", DBClusterIdentifier="events", DBInstanceClass="db.r6g.large")
    assert read(cloud, "dev") == []
    [(found, _)] = read_clusters(cloud, "dev")
    return found


@pytest.mark.parametrize(
    ("state", "running", "ready", "busy"),
    [
        ("available", Running.RUNNING, True, ""),
        ("starting", Running.RUNNING, False, "it is starting"),
        ("backing-up", Running.RUNNING, False, "it is backing-up"),
        ("storage-optimization", Running.RUNNING, False, "it is storage-optimization"),
        ("stopping", Running.STOPPING, False, ""),
        ("stopped", Running.STOPPED, False, ""),
    ],
)
def test_a_state_is_what_can_be_done_with_it(state: str, running: Running, ready: bool, busy: str) -> None:  # noqa: FBT001
    """RDS stops only what is available."""
    found = database(state)

    assert (found.running, found.ready, found.busy) == (running, ready, busy)


@pytest.mark.parametrize(
    ("rest", "running", "advice"),
    [("-recoverable", Running.STOPPED, "enable the key"), ("", Running.RUNNING, "restore it from a backup")],
)
def test_a_key_that_is_out_of_reach_is_told_with_what_to_do(rest: str, running: Running, advice: str) -> None:
    """RDS stops it and takes a start for seven days; after that only a backup helps."""
    found = database(f"inaccessible-encryption-credentials{rest}")

    assert found.running is running
    assert advice in found.fallen


def test_replicas_and_what_has_one_cannot_be_stopped() -> None:
    """AWS's own list."""
    assert "read replica" in database(ReadReplicaDBInstanceIdentifiers=["orders-2"]).hindrance
    assert "read replica" in database(ReadReplicaSourceDBInstanceIdentifier="main").hindrance


def test_a_standby_is_part_of_the_price() -> None:
    """Multi-AZ costs twice."""
    assert database().hourly == pytest.approx(0.018)
    assert database(MultiAZ=True).hourly == pytest.approx(0.036)
    assert database(Engine="oracle-se2").hourly is None


def test_a_cluster_sleeps_with_its_members() -> None:
    """They are no workloads of their own, and their prices are its price."""
    found = cluster()

    assert (found.key, found.hourly) == ("aurora:events", pytest.approx(0.52))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"EngineMode": "serverless"}, "v1 pauses by itself"),
        ({"ServerlessV2ScalingConfiguration": {"MinCapacity": 0, "MaxCapacity": 4}}, "pauses by itself"),
        ({"ReplicationSourceIdentifier": "arn:x"}, "a replica"),
        ({"GlobalClusterIdentifier": "world"}, "global database"),
    ],
)
def test_a_cluster_that_cannot_or_need_not_be_stopped_is_left(change: dict[str, Any], reason: str) -> None:
    """With the reason."""
    assert reason in cluster(**change).hindrance


def test_a_serverless_cluster_that_never_pauses_can_be_stopped() -> None:
    """Its minimum is above nothing."""
    assert cluster(ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 4}).hindrance == ""


@pytest.mark.parametrize("name", ["ReadReplicaDBClusterIdentifiers", "ReadReplicaSourceDBClusterIdentifier"])
def test_a_cluster_may_be_the_other_end_of_a_replication(name: str) -> None:
    """An Aurora replica of an RDS instance, and an RDS instance that follows a cluster."""
    assert "read replica" in database(**{name: ["events"]}).hindrance


@pytest.mark.parametrize("engine", ["sqlserver-se", "custom-sqlserver-ee"])
def test_sql_server_with_a_standby_cannot_be_stopped(engine: str) -> None:
    """The one engine of which RDS says so; without a standby it stops as the others do."""
    assert "SQL Server" in database(Engine=engine, MultiAZ=True).hindrance
    assert database(Engine=engine).hindrance == ""


@pytest.mark.parametrize("engine", ["mysql", "postgres"])
def test_a_multi_az_cluster_of_rds_cannot_be_stopped(engine: str) -> None:
    """It is listed among Aurora's, and has no price of Aurora's."""
    found = cluster(Engine=engine)

    assert ("Multi-AZ DB cluster" in found.hindrance, found.hourly) == (True, None)


@pytest.mark.parametrize(
    ("engine", "hourly"), [("aurora-mysql", 0.52), ("aurora-postgresql", 0.52), ("docdb", None), ("neptune", None)]
)
def test_clusters_of_other_services_stop_as_auroras_do_and_cost_what_nobody_knows(
    engine: str, hourly: float | None
) -> None:
    """DocumentDB and Neptune answer to the same calls, at prices of their own."""
    found = cluster(Engine=engine)

    assert found.hindrance == ""
    assert found.hourly == (None if hourly is None else pytest.approx(hourly))


def test_members_are_other_names_of_their_cluster() -> None:
    """Most alarms of Aurora are about an instance, which sleeps with the cluster."""
    assert cluster().targets == ("rds:events-1", "rds:events-2")


def test_reads_grow_with_kinds_and_not_with_databases() -> None:
    """The members are read once for all clusters, and not at all without clusters."""
    cloud = SleepingCloud()
    for number in range(20):
        cloud.add_database(f"orders-{number}")
    assert len(read(cloud, "dev")) == 20
    assert read_clusters(cloud, "dev") == []
    without = list(cloud.asked)
    for number in range(20):
        cloud.add_cluster(f"events-{number}")
    assert len(read_clusters(cloud, "dev")) == 20

    assert without == ["describe_db_instances", "describe_db_clusters"]
    assert cloud.asked[2:] == ["describe_db_clusters", "describe_db_instances"]
