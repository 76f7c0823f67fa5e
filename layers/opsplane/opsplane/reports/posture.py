"""The posture of an account in a window of time, measured from the ledger."""

from collections import Counter
from collections.abc import Sequence

from pydantic import AwareDatetime

from opsplane.actions.action import Action, ActionState
from opsplane.ledger.entry import Entry, EntryKind
from opsplane.ledger.item import Item, ItemState
from opsplane.model import Line, Model, Name
from opsplane.reports.saved import Saved
from opsplane.reports.window import Window
from opsplane.signals.signal import Severity

OLDEST = 10
"""How many of the oldest open items a report names."""

_OPEN = frozenset({ItemState.OPEN, ItemState.ACKNOWLEDGED, ItemState.CONTAINED})


class OpenItem(Model):
    """An item that still waits. `days` is its age in days."""

    id: Name
    title: Line
    severity: Severity
    state: ItemState
    environment: Name
    opened_at: AwareDatetime
    days: float


class Speed(Model):
    """How long fixes took, in seconds from the recorded signal to the verified fix; None when there was none."""

    fixes: int
    mean_seconds: float | None = None
    slowest_seconds: float | None = None


class Posture(Model):
    """A report. Counts are of items and actions that changed in the window, but `open_now` is of all that are known.

    `alone` is the speed of fixes that nobody was asked about, `agreed` of those that waited for a person. `complete` is
    False when the ledger holds more than was read. `saved` is what sleep saved, by environment.
    """

    window: Window
    items_by_severity: dict[Severity, int]
    items_by_state: dict[ItemState, int]
    items_opened: int
    open_now: int
    actions_by_state: dict[ActionState, int]
    signals: int
    commands: int
    notices: int
    alone: Speed
    agreed: Speed
    oldest_open: tuple[OpenItem, ...]
    complete: bool
    saved: tuple[Saved, ...] = ()


def measure(
    span: Window, items: Sequence[Item], actions: Sequence[Action], entries: Sequence[Entry], *, complete: bool
) -> Posture:
    """The posture in a window; `items` and `actions` are the current ones, `entries` those of the window."""
    changed = [item for item in items if span.holds(item.updated_at)]
    acted = [action for action in actions if span.holds(action.updated_at)]
    told = [entry for entry in entries if span.holds(entry.at)]
    kinds = Counter(entry.kind for entry in told)
    waiting = sorted((item for item in items if item.state in _OPEN), key=lambda item: item.opened_at)
    severities, states = Counter(item.severity for item in changed), Counter(item.state for item in changed)
    outcomes = Counter(action.state for action in acted)
    return Posture(
        window=span,
        items_by_severity={severity: severities[severity] for severity in reversed(Severity)},
        items_by_state={state: states[state] for state in ItemState},
        items_opened=sum(span.holds(item.opened_at) for item in items),
        open_now=len(waiting),
        actions_by_state={state: outcomes[state] for state in ActionState if outcomes[state]},
        signals=kinds[EntryKind.SIGNAL],
        commands=kinds[EntryKind.COMMAND],
        notices=kinds[EntryKind.NOTICE],
        alone=_speed([entry for entry in told if not _asked(entry)]),
        agreed=_speed([entry for entry in told if _asked(entry)]),
        oldest_open=tuple(_open_item(item, span) for item in waiting[:OLDEST]),
        complete=complete,
    )


def _asked(entry: Entry) -> bool:
    return entry.action is not None and entry.action.decided_by is not None


def _speed(entries: Sequence[Entry]) -> Speed:
    """From the signal's entry, which is written with the action, to the entry that says verified."""
    seconds = [
        (entry.at - entry.action.created_at).total_seconds()
        for entry in entries
        if entry.kind is EntryKind.ACTION and entry.action and entry.action.state is ActionState.VERIFIED
    ]
    if not seconds:
        return Speed(fixes=0)
    return Speed(fixes=len(seconds), mean_seconds=sum(seconds) / len(seconds), slowest_seconds=max(seconds))


def _open_item(item: Item, span: Window) -> OpenItem:
    return OpenItem(
        id=item.id,
        title=item.title,
        severity=item.severity,
        state=item.state,
        environment=item.environment,
        opened_at=item.opened_at,
        days=round((span.end - item.opened_at).total_seconds() / 86400, 1),
    )
