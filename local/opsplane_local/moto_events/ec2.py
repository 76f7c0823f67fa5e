"""EC2's notifications about the state of instances.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
"""

from collections.abc import Iterator

from opsplane_local.moto_events.kind import Backend, Entry, Kind, Seen, entry

ON_THE_WAY = {"running": "pending", "stopped": "stopping", "terminated": "shutting-down"}
"""The state that an instance passes through on its way to another; moto skips it."""


def look(backend: Backend) -> Iterator[tuple[str, Seen]]:
    """Yield every instance, terminated ones too."""
    for reservation in backend.reservations.values():
        for instance in reservation.instances:
            arn = f"arn:aws:ec2:{backend.region_name}:{backend.account_id}:instance/{instance.id}"
            yield arn, Seen(instance.state, {"id": instance.id})


def tell(arn: str, was: Seen | None, now: Seen) -> Iterator[Entry]:
    """Yield a notification for each state that the instance has entered."""
    passed = ON_THE_WAY.get(str(now.state))
    if passed is not None and (was is None or was.state != passed):
        yield _notification(arn, now, passed)
    yield _notification(arn, now, now.state)


def _notification(arn: str, seen: Seen, state: object) -> Entry:
    detail = {"instance-id": seen.facts["id"], "state": state}
    return entry("aws.ec2", "EC2 Instance State-change Notification", arn, detail)


INSTANCES = Kind("ec2", look, tell)
