"""The ledger in memory: the same promises, for tests and dry runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from opsplane.actions.action import Action
from opsplane.decisions.freeze import Freeze
from opsplane.errors import LedgerConflict
from opsplane.ledger.entry import Entry, EventRecord, Message
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Change, Due, Known
from opsplane.model import JsonObject
from opsplane.policies.override import Override
from opsplane.signals.signal import day as day_of


@dataclass
class MemoryLedger:
    """Implements `opsplane.ledger.ledger.Ledger`. `before_write` lets a test step in between read and write."""

    items: dict[str, Item] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    trail: dict[str, Entry] = field(default_factory=dict)
    known: dict[str, EventRecord] = field(default_factory=dict)
    outbox: dict[str, Message] = field(default_factory=dict)
    memories: dict[str, JsonObject] = field(default_factory=dict)
    frozen: dict[str, Freeze] = field(default_factory=dict)
    tickets: dict[tuple[str, str], int] = field(default_factory=dict)
    rulings: list[Override] = field(default_factory=list)
    before_write: Callable[[Change], None] | None = None

    def write(self, change: Change) -> None:
        """Write a change, all or nothing."""
        if self.before_write:
            self.before_write(change)
        self._check(change)
        if change.item:
            self.items[change.item.id] = change.item
        self.actions.update({action.id: action for action in change.actions})
        self.trail.update({entry.id: entry for entry in change.entries})
        if change.event:
            self.known[change.event.id] = change.event
        self.memories.update(change.memories)
        self.outbox.update({message.id: message for message in change.outbox})

    def _check(self, change: Change) -> None:
        stored = self.items.get(change.item.id) if change.item else None
        stale = change.item is not None and (stored.entries if stored else 0) != change.base
        overtaken = any(
            (found.version if (found := self.actions.get(action.id)) else 0) != action.version - 1
            for action in change.actions
        )
        known = change.event is not None and change.event.id in self.known
        if stale or overtaken or known or any(entry.id in self.trail for entry in change.entries):
            text = f"{change.item.id if change.item else 'an event record'} was written by somebody else"
            raise LedgerConflict(text)

    def item(self, item_id: str) -> Item | None:
        """The item as it is."""
        return self.items.get(item_id)

    def action(self, action_id: str) -> Action | None:
        """The action as it is."""
        return self.actions.get(action_id)

    def actions_of(self, item: Item) -> tuple[Action, ...]:
        """All actions of an item."""
        return tuple(action for action in self.actions.values() if action.item_id == item.id)

    def entries(self, item_id: str) -> tuple[Entry, ...]:
        """The whole trail of an item."""
        return tuple(entry for entry in self.trail.values() if entry.item_id == item_id)

    def recall(self, signal_id: str, item_id: str, resource_id: str) -> Known:
        """What is known of a signal, its item and its resource."""
        return Known(
            self.known.get(signal_id),
            self.items.get(item_id),
            self.memory(resource_id),
            tuple(self.frozen.values()),
            self.override(),
        )

    def events(self, event_id: str) -> tuple[EventRecord, ...]:
        """What became of every signal of one event."""
        return tuple(record for record in self.known.values() if record.event_id == event_id)

    def records(self, day: str, after: str, limit: int) -> tuple[tuple[str, EventRecord], ...]:
        """What became of the signals of one UTC day."""
        positions = ((f"{record.at.isoformat()}#{record.id}", record) for record in self.known.values())
        found = ((place, record) for place, record in positions if day_of(record.at) == day and place > after)
        return tuple(sorted(found, key=lambda pair: pair[0])[:limit])

    def memory(self, resource_id: str) -> JsonObject:
        """What was remembered of a resource."""
        return self.memories.get(resource_id, {})

    def recent_items(self, limit: int) -> tuple[Item, ...]:
        """Items, last changed first."""
        return tuple(sorted(self.items.values(), key=lambda item: item.updated_at, reverse=True)[:limit])

    def recent_actions(self, limit: int) -> tuple[Action, ...]:
        """Actions, last changed first."""
        return tuple(sorted(self.actions.values(), key=lambda action: action.updated_at, reverse=True)[:limit])

    def feed(self, day: str, after: str, limit: int) -> tuple[tuple[str, Entry], ...]:
        """Entries of one UTC day behind a position."""
        positions = ((f"{entry.at.isoformat()}#{entry.id}", entry) for entry in self.trail.values())
        found = ((place, entry) for place, entry in positions if day_of(entry.at) == day and place > after)
        return tuple(sorted(found, key=lambda pair: pair[0])[:limit])

    def due(self, now: datetime, limit: int) -> Due:
        """Unfinished actions and unpublished messages whose time has come."""
        actions = [action for action in self.actions.values() if action.due_at and action.due_at <= now]
        messages = [message for message in self.outbox.values() if message.at <= now]
        actions.sort(key=lambda action: action.due_at or now)
        messages.sort(key=lambda message: message.at)
        return Due(tuple(actions[:limit]), tuple(messages[:limit]))

    def forget_message(self, message_id: str) -> None:
        """Take a message out of the outbox."""
        self.outbox.pop(message_id, None)

    def freezes(self) -> tuple[Freeze, ...]:
        """Every freeze that was not lifted."""
        return tuple(self.frozen.values())

    def freeze(self, freeze: Freeze) -> None:
        """Hold an environment still."""
        self.frozen[freeze.environment] = freeze

    def thaw(self, environment: str) -> None:
        """Lift the freeze of an environment."""
        self.frozen.pop(environment, None)

    def override(self) -> Override | None:
        """The newest policies that people put in force."""
        return self.rulings[-1] if self.rulings else None

    def overrides(self) -> tuple[Override, ...]:
        """All that people ever put in force, newest first."""
        return tuple(reversed(self.rulings))

    def put_override(self, override: Override) -> None:
        """Put policies in force."""
        if override.version != len(self.rulings) + 1:
            text = f"{override.name} was put in force by somebody else"
            raise LedgerConflict(text)
        self.rulings.append(override)

    def take_ticket(self, scope: str, at: datetime) -> int:
        """The next number in the clock hour of a moment."""
        key = (scope, at.strftime("%Y-%m-%dT%H"))
        self.tickets[key] = self.tickets.get(key, 0) + 1
        return self.tickets[key]
