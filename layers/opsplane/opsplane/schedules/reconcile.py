"""Brings an environment to the state that its schedule wants: one pass looks, decides, acts and records.

Nothing waits here. What has to wait is left to the next pass, which an event of RDS, ECS or EC2 or the sweep brings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from opsplane.errors import LedgerConflict, UnknownRecord
from opsplane.model import Line as Text
from opsplane.model import Model, Name
from opsplane.records import ATTEMPTS
from opsplane.schedules.book import Desk, in_force
from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.passing import Outcome, Pass, foresee
from opsplane.schedules.phases import quiet_until
from opsplane.schedules.proposal import Proposal
from opsplane.schedules.sleep import Head
from opsplane.schedules.store import Kept
from opsplane.schedules.timetable import Timetable

LEASE = timedelta(seconds=75)
"""How long a pass may have an environment in hand; longer than the function may run."""

LOOKS = 3
"""How often one invocation looks when others asked it to look again meanwhile."""


class Report(Model):
    """What one environment came to: what is wanted, what was done, what waits, and until when nothing is due."""

    environment: Name
    state: Name
    done: tuple[Text, ...] = ()
    waiting: tuple[Text, ...] = ()
    reason: Text = ""


@dataclass
class _Visit:
    """One invocation's work on an environment."""

    environment: str
    desk: Desk
    starts: Mapping[str, str]
    forced: bool
    done: list[str] = field(default_factory=list)


def reconcile(environment: str, desk: Desk, *, forced: bool = True, starts: Mapping[str, str] | None = None) -> Report:
    """Bring an environment as far as it goes now.

    Without `forced` an environment of which nothing is due is not looked at: no AWS call is made about it. `starts`
    says who started which workload, by key, as far as an event told.

    Raises:
        UnknownRecord: the schedules do not know it. AccessDenied: a right is missing.
        TemporaryError: AWS or ledger could not be reached.
    """
    visit = _Visit(environment, desk, starts or {}, forced)
    for _ in range(LOOKS):
        outcome, again = _look(visit)
        if not again:
            return outcome
    return outcome


def _look(visit: _Visit) -> tuple[Report, bool]:
    """One look, and whether somebody asked for another one meanwhile."""
    desk, environment = visit.desk, visit.environment
    kept = desk.store.read()
    book = _book(environment, kept, desk)
    head, now = kept.head(environment), desk.ports.now()
    if not visit.forced and is_quiet(kept, environment, desk):
        return Report(environment=environment, state="quiet", reason="nothing is due"), False
    taken = _take(head, desk)
    if taken is None:
        return Report(
            environment=environment, state="busy", reason="another pass has it in hand, and looks again"
        ), False
    made = Pass(environment, desk, book, kept.overrides(environment), taken, visit.starts)
    try:
        outcome = made.make()
    except Exception:
        _leave(made.head, desk)
        raise
    visit.done += outcome.lines
    quiet = (
        None if outcome.pending else quiet_until(environment, book, kept.overrides(environment), outcome.phases, now)
    )
    left = made.head.model_copy(
        update={
            "phases": outcome.phases,
            "items": outcome.items,
            "open": outcome.open,
            "looked_at": now,
            "quiet_until": quiet,
            "zone": desk.ports.settings.schedule_timezone,
        }
    )
    again = _leave(left, desk)
    return _report(visit, outcome), again


def is_quiet(kept: Kept, environment: str, desk: Desk) -> bool:
    """Whether nothing is due: no edge since the last look, nothing pending, and no new file or exception."""
    head, now = kept.head(environment), desk.ports.now()
    if head.quiet_until is None or head.looked_at is None or now >= head.quiet_until:
        return False
    newest = [each.made_at for each in kept.overrides(environment)] + ([kept.pushed.at] if kept.pushed else [])
    changed = any(at >= head.looked_at for at in newest)
    ended = any(head.looked_at <= each.end <= now for each in kept.overrides(environment))
    return not changed and not ended


def imagined(environment: str, kind: OverrideKind, end: datetime, desk: Desk, kept: Kept) -> Proposal:
    """What an exception of the whole environment from now on would do, with the money; nothing is changed.

    Raises:
        AccessDenied: a right is missing. TemporaryError: AWS or ledger could not be reached.
    """
    now = desk.ports.now()
    made = Override(
        id="imagined", target=environment, kind=kind, start=now, end=end, by="you", reason="dry run", made_at=now
    )
    others = tuple(each for each in kept.overrides(environment) if each.rule is not made.rule)
    return foresee(_visit(environment, desk, kept, (*others, made)))


def status_of(environment: str, desk: Desk, kept: Kept) -> list[dict[str, Any]]:
    """How each workload is, what is on record about it, and what comes next; nothing is changed.

    Raises:
        UnknownRecord: the schedules do not know it. AccessDenied: a right is missing.
        TemporaryError: AWS or ledger could not be reached.
    """
    visit = _visit(environment, desk, kept, kept.overrides(environment))
    moves = {move.workload.key: move for move in visit.moves}
    return [
        {
            "key": workload.key,
            "is": workload.running.value,
            "schedule": workload.schedule or visit.default,
            "record": sleep.status.value if (sleep := visit.sleeps.get(workload.key)) else None,
            "saved": sleep.saved if sleep else {},
            "since": sleep.reached_at if sleep else None,
            "hourly": sleep.hourly if sleep else workload.hourly,
            "next": f"{move.verb}{f': {move.reason}' if move.reason else ''}"
            if (move := moves.get(workload.key))
            else workload.hindrance and f"stays: {workload.hindrance}",
        }
        for workload in visit.workloads
    ]


def _visit(environment: str, desk: Desk, kept: Kept, overrides: tuple[Override, ...]) -> Pass:
    return Pass(environment, desk, _book(environment, kept, desk), overrides, kept.head(environment), {})


def _book(environment: str, kept: Kept, desk: Desk) -> Timetable:
    book = in_force(kept, desk).timetable
    if environment not in book.environments:
        message = f"the schedules know no environment {environment!r}; they know {', '.join(book.environments)}"
        raise UnknownRecord(message)
    return book


def _take(head: Head, desk: Desk) -> Head | None:
    """Take an environment in hand, or ask whoever has it to look again; None: it is in other hands.

    A pass that dies leaves no quiet behind: the next sweep looks.
    """
    for _ in range(ATTEMPTS):
        now = desk.ports.now()
        free = head.busy_until is None or head.busy_until <= now
        if not free and head.again:
            # Whoever has it in hand is asked already: a burst of events must not write it out of their hands.
            return None
        change = {"busy_until": now + LEASE, "again": False, "quiet_until": None} if free else {"again": True}
        taken = head.model_copy(update={**change, "version": head.version + 1})
        try:
            desk.store.put_head(taken)
        except LedgerConflict:
            head = desk.store.read().head(head.environment)
            continue
        return taken if free else None
    message = f"environment {head.environment} is being written by others: try again"
    raise LedgerConflict(message)


def _leave(head: Head, desk: Desk) -> bool:
    """Let go of an environment; True when somebody asked meanwhile to look again."""
    again = head.again
    for _ in range(ATTEMPTS):
        left = head.model_copy(update={"busy_until": None, "again": False, "version": head.version + 1})
        try:
            desk.store.put_head(left)
        except LedgerConflict:
            stored = desk.store.read().head(head.environment)
            again = again or stored.again
            head = head.model_copy(update={"version": stored.version})
            continue
        return again
    message = f"environment {head.environment} is being written by others: try again"
    raise LedgerConflict(message)


def _report(visit: _Visit, outcome: Outcome) -> Report:
    return Report(
        environment=visit.environment,
        state=outcome.state,
        done=tuple(visit.done[:100]),
        waiting=tuple(outcome.waiting[:100]),
        reason=outcome.reason,
    )
