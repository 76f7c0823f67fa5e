"""RDS instances and Aurora clusters.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html — what cannot be stopped.
"""

from dataclasses import replace
from typing import Any

from opsplane.playbooks.plan import Api, tags_of
from opsplane.schedules import prices
from opsplane.schedules.estate.tags import Found, is_in
from opsplane.schedules.workload import TIERS, Running, Workload, WorkloadKind

_KEY_LOST = "inaccessible-encryption-credentials-recoverable"
"""https://repost.aws/knowledge-center/rds-aurora-inaccessible-state: it is down, and a start brings it back."""

_LOST = {
    "inaccessible-encryption-credentials": "its KMS key was out of reach for seven days; restore it from a backup",
    _KEY_LOST: "its KMS key is disabled or out of reach; enable the key, then the next sweep starts it",
    "failed": "RDS says that it has failed",
    "restore-error": "RDS says that its restore failed",
    "incompatible-network": "RDS says that its network is incompatible",
    "incompatible-parameters": "RDS says that its parameters are incompatible",
    "deleting": "it is being deleted",
}

_REPLICAS = (
    "ReadReplicaDBInstanceIdentifiers",
    "ReadReplicaDBClusterIdentifiers",
    "ReadReplicaSourceDBInstanceIdentifier",
    "ReadReplicaSourceDBClusterIdentifier",
)

_ENGINES_OF_RDS = frozenset({"mysql", "postgres"})
"""Of clusters that are not Aurora's; those of DocumentDB and Neptune are listed too, and stop as Aurora's do."""


def read(api: Api, environment: str) -> list[Found]:
    """The instances of an environment that are no members of a cluster."""
    answer = api.read("rds", "describe_db_instances")
    every = [(each, tags_of(each.get("TagList"))) for each in answer["DBInstances"]]
    return [_instance(each, tags) for each, tags in every if is_in(tags, environment) and not _member(each)]


def read_clusters(api: Api, environment: str) -> list[Found]:
    """The clusters of an environment."""
    answer = api.read("rds", "describe_db_clusters")
    mine = [(each, tags) for each in answer["DBClusters"] if is_in(tags := tags_of(each.get("TagList")), environment)]
    if not mine:
        return []
    members = api.read("rds", "describe_db_instances")["DBInstances"]
    return [_cluster(each, tags, members) for each, tags in mine]


def find(api: Api, kind: WorkloadKind, name: str) -> Workload | None:
    """An instance or a cluster by its name, whatever its tags are; None when there is none."""
    clusters = kind is WorkloadKind.CLUSTER
    answer = api.read("rds", "describe_db_clusters" if clusters else "describe_db_instances")
    found = (
        (_cluster(each, {}, []) for each in answer["DBClusters"])
        if clusters
        else (_instance(each, {}) for each in answer["DBInstances"])
    )
    return next((workload for workload, _ in found if workload.id == name), None)


def _member(database: dict[str, Any]) -> bool:
    return bool(database.get("DBClusterIdentifier"))


def _instance(database: dict[str, Any], tags: dict[str, str]) -> Found:
    kind, engine = database.get("DBInstanceClass", ""), database.get("Engine", "")
    standby = bool(database.get("MultiAZ"))
    reason = "RDS does not stop SQL Server with a standby" if standby and "sqlserver" in engine else ""
    if any(database.get(each) for each in _REPLICAS):
        reason = "RDS stops neither a read replica nor what has one"
    hourly = prices.database(kind, engine, multi_az=standby)
    status = database.get("DBInstanceStatus", "unknown")
    return _database(WorkloadKind.DATABASE, database["DBInstanceIdentifier"], status, reason, hourly), tags


def _cluster(cluster: dict[str, Any], tags: dict[str, str], instances: list[dict[str, Any]]) -> Found:
    name = cluster["DBClusterIdentifier"]
    members = [each for each in instances if each.get("DBClusterIdentifier") == name]
    aurora = cluster.get("Engine", "aurora").startswith("aurora")
    hourly = prices.cluster([each["DBInstanceClass"] for each in members]) if aurora else None
    found = _database(WorkloadKind.CLUSTER, name, cluster.get("Status", "unknown"), _cluster_hindrance(cluster), hourly)
    aliases = tuple(f"{WorkloadKind.DATABASE.value}:{each['DBInstanceIdentifier']}" for each in members)
    return replace(found, targets=aliases), tags


def _cluster_hindrance(cluster: dict[str, Any]) -> str:
    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html#aurora-cluster-stop-limitations
    if cluster.get("GlobalClusterIdentifier") or cluster.get("ReplicationSourceIdentifier"):
        return "it is part of a global database or a replica, which Aurora does not stop"
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html
    if cluster.get("Engine") in _ENGINES_OF_RDS:
        return "it is a Multi-AZ DB cluster, which RDS does not stop"
    if cluster.get("EngineMode") == "serverless":
        return "Aurora Serverless v1 pauses by itself"
    pauses = cluster.get("ServerlessV2ScalingConfiguration", {}).get("MinCapacity") == 0
    return "it pauses by itself: its minimum is 0 capacity units" if pauses else ""


def _database(kind: WorkloadKind, name: str, status: str, hindrance: str, hourly: float | None) -> Workload:
    down = status in {"stopped", _KEY_LOST}
    running = Running.STOPPED if down else Running.STOPPING if status == "stopping" else Running.RUNNING
    known = status in {"available", "stopped", "stopping"}
    return Workload(
        kind=kind,
        id=name,
        running=running,
        ready=status == "available",
        busy="" if known else f"it is {status}",
        hindrance=hindrance,
        hourly=hourly,
        tier=TIERS[kind],
        fallen=f"{status}: {_LOST[status]}" if status in _LOST else "",
    )
