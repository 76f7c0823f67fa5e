"""The port to the ledger, and the one way to write to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from opsplane.actions.action import Action
from opsplane.decisions.freeze import Freeze
from opsplane.ledger.entry import Entry, EntryKind, EventRecord, Message
from opsplane.ledger.item import Item
from opsplane.model import JsonObject
from opsplane.playbooks.plan import Observation
from opsplane.policies.override import Override


@dataclass(frozen=True)
class Change:
    """Everything that one moment writes, all or nothing.

    Attributes:
        item: The item as it will be, or None when the event concerns no item.
        entries: New lines of its trail, in order.
        actions: Actions as they will be.
        event: What became of the signal.
        outbox: Own events to publish once this is written.
        memories: What is to be remembered of resources, by their ids; the last one stands.
        base: The number of entries that the item had when it was read (0: it did not exist).
    """

    item: Item | None = None
    entries: tuple[Entry, ...] = ()
    actions: tuple[Action, ...] = ()
    event: EventRecord | None = None
    outbox: tuple[Message, ...] = ()
    memories: Mapping[str, JsonObject] = field(default_factory=dict)
    base: int = 0


@dataclass(frozen=True)
class Known:
    """What a decision about a signal rests on, read in one moment.

    Attributes:
        record: What became of the signal, when it was decided about before.
        item: The item that it belongs to, when there is one.
        memory: What was remembered of the resource; empty when nothing was.
        freezes: Every freeze that was not lifted, also those whose end is over.
        override: The newest policies that people put in force.
    """

    record: EventRecord | None = None
    item: Item | None = None
    memory: JsonObject = field(default_factory=dict)
    freezes: tuple[Freeze, ...] = ()
    override: Override | None = None


@dataclass(frozen=True)
class Held:
    """An action that we work on, and its item as it was last written or read.

    `seen` is live state as it was read a moment ago, at `seen_at` by the monotonic clock; None: it has to be read.
    """

    action: Action
    item: Item
    seen: Observation | None = None
    seen_at: float = 0.0


@dataclass(frozen=True)
class Due:
    """What the sweep has to look at: actions and items whose time has come, messages that the bus may not have."""

    actions: tuple[Action, ...] = ()
    messages: tuple[Message, ...] = ()
    items: tuple[Item, ...] = ()


class Ledger(Protocol):
    """The record. Reads are consistent: what was written is seen."""

    def write(self, change: Change) -> None:
        """Write a change, all or nothing.

        Raises:
            LedgerConflict: the item or an action was written by somebody else since it was read, or the event record
                exists already.
            ServiceUnavailable: the store cannot be reached.
        """
        ...

    def item(self, item_id: str) -> Item | None:
        """The item as it is, or None."""
        ...

    def action(self, action_id: str) -> Action | None:
        """The action as it is, or None."""
        ...

    def actions_of(self, item: Item) -> tuple[Action, ...]:
        """All actions of an item, oldest first."""
        ...

    def entries(self, item_id: str) -> tuple[Entry, ...]:
        """The whole trail of an item, oldest first."""
        ...

    def recall(self, signal_id: str, item_id: str, resource_id: str) -> Known:
        """What is known of a signal, its item and its resource; one call."""
        ...

    def events(self, event_id: str) -> tuple[EventRecord, ...]:
        """What became of every signal of one event."""
        ...

    def records(self, day: str, after: str, limit: int) -> tuple[tuple[str, EventRecord], ...]:
        """What became of the signals of one UTC day (`2026-11-22`), oldest first, each with its position.

        `after` is the position behind which to go on; empty for the first piece.
        """
        ...

    def memory(self, resource_id: str) -> JsonObject:
        """What was remembered of a resource; empty when nothing was."""
        ...

    def recent_items(self, limit: int) -> tuple[Item, ...]:
        """Items, last changed first."""
        ...

    def recent_actions(self, limit: int) -> tuple[Action, ...]:
        """Actions, last changed first."""
        ...

    def feed(self, day: str, after: str, limit: int) -> tuple[tuple[str, Entry], ...]:
        """Entries of one UTC day with their positions, oldest first, behind `after` (empty: from midnight).

        A position begins with the entry's moment in ISO 8601. The order is that of time, not that of writing: a reader
        looks back a minute to see what was written late.
        """
        ...

    def due(self, now: datetime, limit: int) -> Due:
        """Unfinished actions and unpublished messages whose time has come, oldest first."""
        ...

    def forget_message(self, message_id: str) -> None:
        """Take a message out of the outbox: the bus has it."""
        ...

    def freezes(self) -> tuple[Freeze, ...]:
        """Every freeze that was not lifted, also those whose end is over."""
        ...

    def freeze(self, freeze: Freeze) -> None:
        """Hold an environment still; a freeze of the same environment is replaced."""
        ...

    def thaw(self, environment: str) -> None:
        """Lift the freeze of an environment, if there is one."""
        ...

    def override(self) -> Override | None:
        """The newest policies that people put in force, or None."""
        ...

    def overrides(self) -> tuple[Override, ...]:
        """All that people ever put in force, newest first."""
        ...

    def put_override(self, override: Override) -> None:
        """Put policies in force; the earlier ones are kept.

        Raises:
            LedgerConflict: there is one of that version already.
        """
        ...

    def take_ticket(self, scope: str, at: datetime) -> int:
        """The next number, from 1, in the clock hour (UTC) of a moment; no two callers get the same one."""
        ...


@dataclass
class Trail:
    """Collects the entries of one change, numbering them after those that the item already has."""

    item: Item
    at: datetime
    by: str
    base: int = field(init=False)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember how far the item's trail went."""
        self.base = self.item.entries

    def add(self, kind: EntryKind, text: str, action: Action | None = None) -> None:
        """Append one line."""
        number = self.item.entries + 1
        self.item = self.item.change(self.at, entries=number)
        self.entries.append(
            Entry(
                id=f"{self.item.id}-{number:06d}",
                item_id=self.item.id,
                at=self.at,
                kind=kind,
                by=self.by,
                text=text,
                item=self.item,
                action=action,
            )
        )

    def change(
        self,
        actions: Sequence[Action] = (),
        event: EventRecord | None = None,
        outbox: Sequence[Message] = (),
        memories: Mapping[str, JsonObject] | None = None,
    ) -> Change:
        """The change that writes what was collected."""
        return Change(
            item=self.item,
            entries=tuple(self.entries),
            actions=tuple(actions),
            event=event,
            outbox=tuple(outbox),
            memories=memories or {},
            base=self.base,
        )
