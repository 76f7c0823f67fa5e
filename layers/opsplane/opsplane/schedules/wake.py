"""What wakes the scheduler: a sweep every few minutes, the edges of a schedule, state events of AWS, and commands."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from opsplane.errors import PermanentError
from opsplane.ledger.entry import SOURCE
from opsplane.records import refuse
from opsplane.rulebook import Broken, tell_broken
from opsplane.schedules.book import SCHEDULE_CHANGED, Desk, InForce, in_force
from opsplane.schedules.hear import starts_in
from opsplane.schedules.reconcile import Report, is_quiet, reconcile
from opsplane.schedules.sleep import Head
from opsplane.schedules.store import Pushed
from opsplane.schedules.timeline import Wish
from opsplane.signals.envelope import Wire
from opsplane.sweep import sweep


class SweepEvent(Wire):
    """The sweep's input: `{"kind": "sweep"}`."""

    kind: Literal["sweep"]


class EdgeEvent(Wire):
    """The input of an edge: `{"kind": "edge", "edge": "down", "environment": "dev"}`.

    The edge says when to look; what is wanted then is the timetable's to say.
    """

    kind: Literal["edge"]
    edge: Literal["down", "up"]
    environment: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,15}$")]


_EVENT: TypeAdapter[SweepEvent | EdgeEvent] = TypeAdapter(
    Annotated[SweepEvent | EdgeEvent, Field(discriminator="kind")]
)


def answer(event: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """What one event led to, as plain JSON; an event that cannot be handled is kept whole with its reason.

    Raises:
        TemporaryError: AWS, ledger or bus could not be reached; deliver again.
    """
    try:
        if "detail-type" in event:
            return {"environments": [each.model_dump(mode="json") for each in _heard(event, desk)]}
        known = _EVENT.validate_python(event)
        if isinstance(known, EdgeEvent):
            return _asked(known.environment, desk).model_dump(mode="json")
        swept = sweep(desk.ports).model_dump(mode="json")
        return {**swept, "environments": [each.model_dump(mode="json") for each in _sweep(desk)]}
    except ValidationError as error:
        reason = f"the scheduler knows no such event: {error.error_count()} field(s) wrong or missing"
    except PermanentError as error:
        reason = str(error)
    now = desk.ports.now()
    return refuse(event, f"schedule-{now:%Y%m%dT%H%M%S.%f}", reason, desk.ports).model_dump(mode="json")


def _sweep(desk: Desk) -> list[Report]:
    """Look at every environment of which something is due; of the others nothing is asked."""
    kept = desk.store.read()
    force = in_force(kept, desk)
    if force.broken:
        _tell_broken(force, force.broken, desk)
    due = [name for name in _served(force, desk) if not is_quiet(kept, name, desk)]
    return [reconcile(name, desk, forced=False) for name in due]


def _heard(event: dict[str, Any], desk: Desk) -> list[Report]:
    """Look at the environment that a command is about, or at those that an event of AWS may concern."""
    if event.get("source") == SOURCE and event.get("detail-type") == SCHEDULE_CHANGED:
        detail = event.get("detail")
        return [_asked(str(detail.get("environment", "") if isinstance(detail, dict) else ""), desk)]
    starts: Mapping[str, str] | None = starts_in(event, f"opsplane-{desk.ports.settings.environment}-")
    if starts is None:
        return []
    kept = desk.store.read()
    names = [name for name in _served(in_force(kept, desk), desk) if _concerned(kept.head(name))]
    return [reconcile(name, desk, starts=starts) for name in names]


def _asked(name: str, desk: Desk) -> Report:
    """Look at the environment that an edge or a command names, unless another deployment serves it."""
    if not desk.ports.settings.serves(name):
        return Report(environment=name, state="left", reason="another deployment serves it")
    return reconcile(name, desk)


def _concerned(head: Head) -> bool:
    """Whether a change of a workload's state can matter: something sleeps there, or should, or is on its way."""
    moving = head.quiet_until is None and head.looked_at is not None
    return bool(head.open) or moving or any(phase.state is Wish.STOPPED for phase in head.phases.values())


def _served(force: InForce, desk: Desk) -> list[str]:
    return [name for name in force.timetable.environments if desk.ports.settings.serves(name)]


def _tell_broken(force: InForce, broken: Pushed, desk: Desk) -> None:
    advice = "opsplane schedule push FILE --reason TEXT"
    tell_broken(Broken(f"schedules-{broken.version}", broken.name, force.why, force.name, advice), desk.ports)
