"""ECS's events about services that have reached the number of tasks that they shall have.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
"""

from collections.abc import Iterator

from opsplane_local.moto_events.kind import Backend, Entry, Kind, Seen, entry, moment


def look(backend: Backend) -> Iterator[tuple[str, Seen]]:
    """Yield every service that is not deleted."""
    for service in backend.services.values():
        if service.status == "ACTIVE":
            counts = (service.desired_count, service.running_count)
            yield service.arn, Seen(counts, {"cluster": service.cluster_arn, "counts": counts})


def tell(arn: str, _was: Seen | None, now: Seen) -> Iterator[Entry]:
    """Yield the event of a service that has become steady."""
    desired, running = now.facts["counts"]
    if desired == running:
        detail = {
            "eventType": "INFO",
            "eventName": "SERVICE_STEADY_STATE",
            "clusterArn": now.facts["cluster"],
            "createdAt": moment(),
        }
        yield entry("aws.ecs", "ECS Service Action", arn, detail)


SERVICES = Kind("ecs", look, tell)
