"""RDS's events about instances and clusters that were stopped or started.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-cloudwatch-events.sample.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
"""

from collections.abc import Iterator

from opsplane_local.moto_events.kind import Backend, Entry, Kind, Seen, entry, moment

STOPPED, AVAILABLE = "stopped", "available"

INSTANCE_MESSAGES = {
    STOPPED: ("RDS-EVENT-0087", "DB instance stopped"),
    AVAILABLE: ("RDS-EVENT-0088", "DB instance started"),
}
CLUSTER_MESSAGES = {
    STOPPED: ("RDS-EVENT-0150", "DB cluster stopped"),
    AVAILABLE: ("RDS-EVENT-0151", "DB cluster started"),
}
"""Event id and message by the state that was entered."""


def look_at_instances(backend: Backend) -> Iterator[tuple[str, Seen]]:
    """Yield every instance, members of clusters too: on AWS they stop and start with their cluster, and say so."""
    for name, instance in backend.databases.items():
        yield instance.db_instance_arn, Seen(instance.status, {"name": name, "tags": instance.tags})


def look_at_clusters(backend: Backend) -> Iterator[tuple[str, Seen]]:
    """Yield every cluster."""
    for name, cluster in backend.clusters.items():
        yield cluster.db_cluster_arn, Seen(cluster.status, {"name": name, "tags": cluster.tags})


def tell_of_instance(arn: str, was: Seen | None, now: Seen) -> Iterator[Entry]:
    """Yield the event of an instance that was stopped or started."""
    if _stopped_or_started(was, now):
        yield _event(arn, now, ("RDS DB Instance Event", "DB_INSTANCE"), INSTANCE_MESSAGES[str(now.state)])


def tell_of_cluster(arn: str, was: Seen | None, now: Seen) -> Iterator[Entry]:
    """Yield the event of a cluster that was stopped or started."""
    if _stopped_or_started(was, now):
        yield _event(arn, now, ("RDS DB Cluster Event", "CLUSTER"), CLUSTER_MESSAGES[str(now.state)])


def _stopped_or_started(was: Seen | None, now: Seen) -> bool:
    return was is not None and (now.state == STOPPED or (was.state, now.state) == (STOPPED, AVAILABLE))


def _event(arn: str, seen: Seen, kind: tuple[str, str], message: tuple[str, str]) -> Entry:
    detail_type, source_type = kind
    event_id, text = message
    detail = {
        "EventCategories": ["notification"],
        "SourceType": source_type,
        "SourceArn": arn,
        "Date": moment(),
        "Message": text,
        "SourceIdentifier": seen.facts["name"],
        "EventID": event_id,
        "Tags": {tag["Key"]: tag["Value"] for tag in seen.facts["tags"]},
    }
    return entry("aws.rds", detail_type, arn, detail)


INSTANCES = Kind("rds", look_at_instances, tell_of_instance)
CLUSTERS = Kind("rds", look_at_clusters, tell_of_cluster)
