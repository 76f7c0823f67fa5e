"""Differences, and the lack of a state to compare with, as signals; and that they are gone, as signals that clear."""

from datetime import datetime

from opsplane.drift.compare import Difference, LiveGroup
from opsplane.drift.rules import IngressRule
from opsplane.exposure.addresses import is_world
from opsplane.settings import Settings
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

_SOURCE = "opsplane.drift"


def of_group(difference: Difference, live: LiveGroup | None, settings: Settings, now: datetime) -> Signal:
    """How one group differs, or that it does not; a group's signals share one item."""
    group = difference.group
    resource = Resource(type="AWS::EC2::SecurityGroup", id=group.id, account=settings.account, region=settings.region)
    return Signal(
        id=f"drift-{group.id}-{now:%Y%m%dT%H%M%S.%f}:{Kind.DRIFT.value}",
        kind=Kind.DRIFT,
        source=_SOURCE,
        severity=_severity(difference),
        title=str(difference) if difference else f"{group.id} ({group.address}) matches Terraform again",
        resource=resource,
        time=now,
        dedupe_key=dedupe_key(Kind.DRIFT, resource),
        environment=(live.tags if live else {}).get("Environment") or settings.environment,
        facts={"address": group.address},
        dismissal=None if difference else "live AWS matches the Terraform state",
        clears=not difference,
    )


def of_state(place: str, reason: str | None, settings: Settings, now: datetime) -> Signal:
    """That there is no state to compare with and why, or (without a reason) that there is one again."""
    resource = Resource(type="opsplane::TerraformState", id=place, account=settings.account, region=settings.region)
    return Signal(
        id=f"drift-state-{now:%Y%m%dT%H%M%S.%f}:{Kind.DRIFT.value}",
        kind=Kind.DRIFT,
        source=_SOURCE,
        severity=Severity.LOW,
        title=f"Drift was not checked: {reason}" if reason else f"The Terraform state {place} can be read",
        resource=resource,
        time=now,
        dedupe_key=dedupe_key(Kind.DRIFT, resource),
        dismissal=None if reason else "the state can be read",
        clears=reason is None,
    )


def _severity(difference: Difference) -> Severity:
    return Severity.HIGH if any(_lets_the_world_in(rule) for rule in difference.unknown) else Severity.MEDIUM


def _lets_the_world_in(rule: IngressRule) -> bool:
    try:
        return is_world(rule.source)
    except ValueError:
        # The source is a group or a prefix list.
        return False
