"""Values in the words and shapes in which people read them."""

from datetime import UTC, datetime, timedelta

from opsplane.actions.action import Action

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def clock(moment: datetime) -> str:
    """A moment in UTC, e.g. `22 Nov 17:13:05`."""
    return f"{moment.astimezone(UTC):%d %b %H:%M:%S}"


def iso(moment: datetime) -> str:
    """A moment for machines, e.g. `2026-11-22T17:13:05Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def span(length: timedelta) -> str:
    """A length of time in one unit, e.g. `3 min`."""
    seconds = int(length.total_seconds())
    for unit, name in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= unit:
            return f"{seconds // unit} {name}"
    return f"{max(seconds, 0)} s"


def words(name: str) -> str:
    """A name of ours as words, e.g. `awaiting approval`."""
    return name.replace("_", " ").replace("-", " ")


def resource_kind(kind: str) -> str:
    """CloudFormation's name of a resource type, shortened: `EC2 SecurityGroup`."""
    return kind.removeprefix("AWS::").replace("::", " ")


def gist(action: Action) -> str:
    """An action in one line: its first step, and how many more there are."""
    steps = action.plan.steps
    if not steps:
        return f"{action.plan.playbook} on {action.plan.resource.id}"
    more = f" and {len(steps) - 1} more" if len(steps) > 1 else ""
    return f"{steps[0].summary}{more}"
