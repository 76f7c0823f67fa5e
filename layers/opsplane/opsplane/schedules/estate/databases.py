"""RDS instances and Aurora clusters.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html and
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html — what cannot be stopped.
"""

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
    replicas = database.get("ReadReplicaDBInstanceIdentifiers") or database.get("ReadReplicaSourceDBInstanceIdentifier")
    reason = "RDS stops neither a read replica nor what has one" if replicas else ""
    kind, engine = database.get("DBInstanceClass", ""), database.get("Engine", "")
    hourly = prices.database(kind, engine, multi_az=bool(database.get("MultiAZ")))
    status = database.get("DBInstanceStatus", "unknown")
    return _database(WorkloadKind.DATABASE, database["DBInstanceIdentifier"], status, reason, hourly), tags


def _cluster(cluster: dict[str, Any], tags: dict[str, str], instances: list[dict[str, Any]]) -> Found:
    name = cluster["DBClusterIdentifier"]
    kinds = [each["DBInstanceClass"] for each in instances if each.get("DBClusterIdentifier") == name]
    serverless = cluster.get("EngineMode") == "serverless"
    pauses = cluster.get("ServerlessV2ScalingConfiguration", {}).get("MinCapacity") == 0
    reason = "Aurora Serverless v1 pauses by itself" if serverless else ""
    reason = reason or ("it pauses by itself: its minimum is 0 capacity units" if pauses else "")
    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html#aurora-cluster-stop-limitations
    if cluster.get("GlobalClusterIdentifier") or cluster.get("ReplicationSourceIdentifier"):
        reason = "it is part of a global database or a replica, which Aurora does not stop"
    return _database(WorkloadKind.CLUSTER, name, cluster.get("Status", "unknown"), reason, prices.cluster(kinds)), tags


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
