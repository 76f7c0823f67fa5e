"""Which schedules are in force, and the commands that change that: files that are pushed, and exceptions."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError

from opsplane.errors import InvalidSchedule, LedgerConflict, Refused, UnknownRecord
from opsplane.ledger.entry import Message
from opsplane.policies.version import following, last_good
from opsplane.ports import Ports
from opsplane.records import ATTEMPTS
from opsplane.schedules.override import Override, OverrideKind, check_free
from opsplane.schedules.schedule_file import ScheduleFile, understand
from opsplane.schedules.store import Exceptions, Kept, Pushed, ScheduleStore
from opsplane.schedules.timetable import Timetable, shipped, timetable
from opsplane.schedules.wanted import relevant, skipped_stop
from opsplane.schedules.workload import WorkloadKind

SCHEDULE_CHANGED = "Schedule Changed"
"""The own event that has the scheduler look at an environment at once."""

_REMEMBERED = timedelta(days=90)
"""How long an exception that is over stays on the list."""


@dataclass(frozen=True)
class Desk:
    """What the scheduler works with: the core's ports, and what it keeps itself."""

    ports: Ports
    store: ScheduleStore


@dataclass(frozen=True)
class InForce:
    """The timetable in force, what it is called, and why a newer file is not, when there is one."""

    timetable: Timetable
    name: str
    broken: Pushed | None = None
    why: str = ""


def in_force(kept: Kept, desk: Desk) -> InForce:
    """The timetable to go by. A file that cannot be understood (any more) leaves the last good one in force.

    Raises:
        InvalidSettings: the deployment's zone does not exist.
    """
    zone = desk.ports.settings.schedule_timezone
    pushed = kept.pushed
    if pushed is None:
        return InForce(timetable(shipped(), zone), "the shipped schedules")
    try:
        return InForce(timetable(_meant_by(pushed), zone), pushed.name)
    except InvalidSchedule as error:
        good = last_good(desk.store.pushes(), pushed, _meant_by, InvalidSchedule)
        name, file = good or ("the shipped schedules", shipped())
        return InForce(timetable(file, zone), name, pushed, str(error))


def _meant_by(pushed: Pushed) -> ScheduleFile:
    return understand(pushed.document, pushed.name)


def push(file: ScheduleFile, source: str, by: str, reason: str, desk: Desk) -> Pushed:
    """Put a schedule file in force from the next sweep on; who did it, when and why is kept with it.

    Raises:
        Refused: it leaves out an environment in which something sleeps, which nobody would wake then.
        LedgerConflict: somebody else did the same just now.
    """
    kept = desk.store.read()
    for name, head in kept.heads.items():
        if head.open and name not in file.environments:
            message = (
                f"{name} is not in the file, and {head.open} of its workloads are on record as asleep: wake it first"
            )
            raise Refused(message)
    pushed = Pushed(
        version=following(kept.pushed),
        by=by,
        reason=reason,
        at=desk.ports.now(),
        source=source,
        document=document_of(file),
    )
    desk.store.push(pushed)
    announce(desk, *file.environments)
    return pushed


def document_of(file: ScheduleFile) -> dict[str, object]:
    """A file as JSON that means the same."""
    found = file.model_dump(mode="json", exclude_unset=True)
    for name, schedule in file.schedules.items():
        for part in ("periods", "maintenance"):
            if part in found["schedules"][name]:
                found["schedules"][name][part] = [period.document() for period in getattr(schedule, part)]
    return found


def add_override(  # noqa: PLR0913 - what an exception consists of
    target: str,
    kind: OverrideKind,
    by: str,
    reason: str,
    desk: Desk,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Override:
    """Make an exception; the scheduler is told at once. A skipped stop finds out its own start and end.

    Raises:
        Refused: it contradicts another one, has no end, or there is nothing to skip.
        UnknownRecord: the file has no such environment. LedgerConflict: others write the same all the time.
    """
    for _ in range(ATTEMPTS):
        kept, now = desk.store.read(), desk.ports.now()
        environment, _, workload = target.partition("/")
        timeline = _known(environment, kept, desk).timeline_of(environment)
        overrides = kept.overrides(environment)
        _check_key(target, workload)
        if kind is OverrideKind.SKIP_STOP:
            span = skipped_stop(timeline, relevant(overrides, environment, workload), now)
            if span is None:
                message = f"there is no stop of {environment} to skip: nothing stops it within a year"
                raise Refused(message)
            start, end = span
        made = _override((target, kind, by, reason), start or now, end, now)
        check_free(made, tuple(each for each in overrides if each.end > now))
        recent = tuple(each for each in overrides if each.end > now - _REMEMBERED)
        stored = kept.exceptions.get(environment, Exceptions())
        try:
            desk.store.put_exceptions(environment, Exceptions((*recent, made), stored.version + 1))
        except LedgerConflict:
            continue
        announce(desk, environment)
        return made
    message = f"the overrides of {target} are being changed by others: try again"
    raise LedgerConflict(message)


def _check_key(target: str, workload: str) -> None:
    """See that the workload of a target can be one: `rds:orders`."""
    kind, colon, name = workload.partition(":")
    if "/" in target and not (colon and name and kind in set(WorkloadKind)):
        message = f"{workload!r} names no workload; write KIND:ID with one of {', '.join(WorkloadKind)}: rds:orders"
        raise Refused(message)
    if kind == WorkloadKind.ALARM:
        message = f"{workload} cannot be an exception: an alarm rests with what it watches; name that"
        raise Refused(message)


def _known(environment: str, kept: Kept, desk: Desk) -> Timetable:
    book = in_force(kept, desk).timetable
    if environment not in book.environments:
        message = f"no schedule knows an environment {environment!r}; there is {', '.join(book.environments)}"
        raise UnknownRecord(message)
    return book


def cancel_override(override_id: str, desk: Desk) -> Override:
    """End an exception now; one that has not begun is taken away.

    Raises:
        UnknownRecord: there is none of that id that is not over. LedgerConflict: somebody else did the same just now.
    """
    kept, now = desk.store.read(), desk.ports.now()
    for environment, stored in kept.exceptions.items():
        for each in stored.overrides:
            if each.id == override_id and each.end > now:
                ended = () if each.start >= now else (each.model_copy(update={"end": now}),)
                others = tuple(other for other in stored.overrides if other.id != override_id)
                desk.store.put_exceptions(environment, Exceptions((*others, *ended), stored.version + 1))
                announce(desk, environment)
                return each
    message = f"there is no override {override_id} that is not over"
    raise UnknownRecord(message)


def announce(desk: Desk, *environments: str) -> None:
    """Have the scheduler look at environments at once; the next sweep would do so anyway.

    Raises:
        ServiceUnavailable: the bus did not take it.
    """
    at = desk.ports.now()
    desk.ports.bus.publish(
        [
            Message(
                id=f"schedule-{name}-{at:%Y%m%dT%H%M%S%f}",
                detail_type=SCHEDULE_CHANGED,
                detail={"environment": name},
                at=at,
            )
            for name in environments
        ]
    )


def _override(
    what: tuple[str, OverrideKind, str, str], start: datetime, end: datetime | None, now: datetime
) -> Override:
    target, kind, by, reason = what
    if not reason.strip():
        message = f"say why {target} is an exception: whoever wonders at three in the morning reads it"
        raise Refused(message)
    if end is None:
        message = f"say until when {target} is an exception: one without an end is forgotten"
        raise Refused(message)
    if end <= now:
        message = f"it would be over already: it ends at {end:%Y-%m-%d %H:%M %Z}"
        raise Refused(message)
    try:
        return Override(
            id=secrets.token_hex(4), target=target, kind=kind, start=start, end=end, by=by, reason=reason, made_at=now
        )
    except ValidationError as error:
        message = "; ".join(str(fault["msg"]).removeprefix("Value error, ") for fault in error.errors())
        raise Refused(message) from error
