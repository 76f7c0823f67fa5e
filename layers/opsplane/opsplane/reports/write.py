"""Makes a report: reads the ledger, measures, keeps it as JSON and Markdown, and tells people that it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from opsplane.ledger.entry import Entry
from opsplane.ledger.ledger import Ledger
from opsplane.model import Model, Name
from opsplane.notices.notice import Notice, message
from opsplane.ports import Ports
from opsplane.records import refuse
from opsplane.reports.markdown import render
from opsplane.reports.posture import Posture, measure
from opsplane.reports.saved import ReadSaved
from opsplane.reports.window import ReportKind, Window, window
from opsplane.signals.signal import Severity

LIMIT = 2000
"""Items and actions that a report reads, the last changed ones."""

_PAGE = 500


class ReportShelf(Protocol):
    """Where reports are kept."""

    @property
    def place(self) -> str:
        """Its address for people, e.g. `s3://bucket`."""
        ...

    def put(self, key: str, body: str, content_type: str) -> None:
        """Keep a document; an older one of the same key is replaced.

        Raises:
            AccessDenied, ResourceNotFound: it cannot be kept. ServiceUnavailable: not just now.
        """
        ...


@dataclass(frozen=True)
class ReportPorts:
    """What the reporter needs: the ports of every function, the shelf, and what sleep saved."""

    core: Ports
    shelf: ReportShelf
    saved: ReadSaved


class Written(Model):
    """Where a report is: its keys on the shelf."""

    markdown: Name
    document: Name
    items: int
    open_now: int


def answer(event: dict[str, Any], ports: ReportPorts) -> dict[str, Any]:
    """What one event led to, as plain JSON; an event that nobody knows is kept as unhandled.

    Raises:
        PermanentError: the shelf refuses the report. TemporaryError: deliver again.
    """
    kind = event.get("kind")
    if kind in set(ReportKind):
        return write(ReportKind(kind), ports).model_dump(mode="json")
    event_id = f"report-{ports.core.now():%Y%m%dT%H%M%S.%f}"
    reason = "the reporter knows only weekly and monthly events"
    return refuse(event, event_id, reason, ports.core).model_dump(mode="json")


def write(kind: ReportKind, ports: ReportPorts) -> Written:
    """Write the report about the days up to now.

    Raises:
        PermanentError: the shelf refuses it. TemporaryError: ledger, shelf or bus cannot be reached just now.
    """
    core = ports.core
    span = window(kind, core.now())
    items, actions = core.ledger.recent_items(LIMIT), core.ledger.recent_actions(LIMIT)
    entries = [entry for day in span.days for entry in _entries(core.ledger, day)]
    posture = measure(span, items, actions, entries, complete=max(len(items), len(actions)) < LIMIT)
    posture = posture.model_copy(update={"saved": tuple(ports.saved(span.start, span.end))})
    written = Written(
        markdown=f"reports/{span.name}.md",
        document=f"reports/{span.name}.json",
        items=sum(posture.items_by_state.values()),
        open_now=posture.open_now,
    )
    ports.shelf.put(written.document, posture.model_dump_json(indent=2), "application/json")
    ports.shelf.put(written.markdown, render(posture), "text/markdown; charset=utf-8")
    core.bus.publish([message(_notice(posture, f"{ports.shelf.place}/{written.markdown}", core))])
    return written


def _entries(ledger: Ledger, day: str) -> Iterator[Entry]:
    position = ""
    while page := ledger.feed(day, position, _PAGE):
        yield from (entry for _, entry in page)
        position = page[-1][0]


def _notice(posture: Posture, place: str, ports: Ports) -> Notice:
    span: Window = posture.window
    fixed = posture.alone.fixes + posture.agreed.fixes
    changed = sum(posture.items_by_state.values())
    worst = posture.oldest_open[0] if posture.oldest_open else None
    steps = [f"{count} {state}" for state, count in posture.actions_by_state.items()]
    steps += [f"{each.environment} saved ${each.usd:,.2f} by sleep" for each in posture.saved]
    return Notice(
        id=f"report-{span.name.replace('/', '-')}-{span.end:%Y%m%d}",
        headline=f"{span.kind.capitalize()} report: {changed} items, {fixed} fixed, {posture.open_now} open",
        severity=Severity.INFO,
        environment=ports.settings.environment,
        account=ports.settings.account,
        region=ports.settings.region,
        resource=place,
        at=span.end,
        reason=f"oldest open item: {worst.id}, {worst.days} days: {worst.title}" if worst else "nothing is open",
        steps=tuple(steps),
        next_step="opsplane items",
    )
