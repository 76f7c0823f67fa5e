"""What people do with items: acknowledge, close, reopen, comment, and write down what was learned."""

from collections.abc import Callable

from opsplane.errors import IllegalTransition
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Trail
from opsplane.ports import Ports
from opsplane.records import amend, find_item
from opsplane.signals.signal import Severity

EXPLAINED = frozenset({Severity.CRITICAL, Severity.HIGH})
"""What cannot be closed without its root cause: the next one of its kind should not come as a surprise."""


def acknowledge(item_id: str, by: str, ports: Ports) -> Item:
    """Say that a person has an open item in hand.

    Raises:
        UnknownRecord: no such item. IllegalTransition: it is not open.
    """

    def build(item: Item) -> Change:
        if item.state is not ItemState.OPEN:
            text = f"item {item.id} is {item.state} and cannot be acknowledged"
            raise IllegalTransition(text)
        return _said(item.move(ItemState.ACKNOWLEDGED, ports.now()), "acknowledged", by, ports)

    return _written(item_id, build, ports)


def close(item_id: str, by: str, ports: Ports, note: str = "", root_cause: str = "") -> Item:
    """Say that an item is done with; the next signal of the same trouble reopens it.

    Raises:
        UnknownRecord: no such item. IllegalTransition: it is closed already, or it is critical or high and nobody said
            what the root cause was.
    """

    def build(item: Item) -> Change:
        if item.state is ItemState.CLOSED:
            text = f"item {item.id} is closed already"
            raise IllegalTransition(text)
        cause = root_cause or item.root_cause
        if not cause and item.severity in EXPLAINED:
            text = f"item {item.id} is {item.severity}: say what its root cause was when you close it"
            raise IllegalTransition(text)
        words = [f"closed{f': {note}' if note else ''}", *([f"root cause: {root_cause}"] if root_cause else [])]
        return _said(item.move(ItemState.CLOSED, ports.now(), root_cause=cause), "; ".join(words), by, ports)

    return _written(item_id, build, ports)


def reopen(item_id: str, by: str, ports: Ports, note: str = "") -> Item:
    """Say that an item that was done with is not.

    Raises:
        UnknownRecord: no such item. IllegalTransition: it is open already.
    """

    def build(item: Item) -> Change:
        if item.state is ItemState.OPEN:
            text = f"item {item.id} is open already"
            raise IllegalTransition(text)
        moved = item.move(ItemState.OPEN, ports.now(), escalations=0)
        return _said(moved, f"reopened{f': {note}' if note else ''}", by, ports)

    return _written(item_id, build, ports)


def comment(item_id: str, by: str, text: str, ports: Ports) -> Item:
    """Add a person's words to an item's trail.

    Raises:
        UnknownRecord: no such item.
    """
    return _written(item_id, lambda item: _said(item.change(ports.now()), text, by, ports), ports)


def review(  # noqa: PLR0913 - the fields of a review
    item_id: str,
    by: str,
    ports: Ports,
    *,
    root_cause: str | None = None,
    impact: str | None = None,
    follow_up: str | None = None,
) -> Item:
    """Write down what was learned of an item; a field that is not given stays.

    Raises:
        UnknownRecord: no such item. IllegalTransition: no field is given.
    """
    given = {"root_cause": root_cause, "impact": impact, "follow_up": follow_up}
    said = {name: text for name, text in given.items() if text is not None}
    if not said:
        text = f"nothing is said about item {item_id}: give a root cause, an impact or a follow-up"
        raise IllegalTransition(text)

    def build(item: Item) -> Change:
        words = "; ".join(f"{name.replace('_', ' ')}: {text or '(taken back)'}" for name, text in said.items())
        return _said(Item.model_validate({**dict(item), **said, "updated_at": ports.now()}), words, by, ports)

    return _written(item_id, build, ports)


def _said(item: Item, text: str, by: str, ports: Ports) -> Change:
    trail = Trail(item, ports.now(), by)
    trail.add(EntryKind.COMMAND, text)
    return trail.change()


def _written(item_id: str, build: Callable[[Item], Change], ports: Ports) -> Item:
    return amend(item_id, ports, build).item or find_item(item_id, ports)
