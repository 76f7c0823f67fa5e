"""What every ledger promises; the same tests hold the adapters in memory and on DynamoDB to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, group_opened, signal
from opsplane.actions.action import Action, ActionState
from opsplane.decisions.decision import Outcome
from opsplane.decisions.freeze import Freeze
from opsplane.errors import LedgerConflict
from opsplane.ledger.entry import EntryKind, EventRecord, Message
from opsplane.ledger.item import Item, open_item
from opsplane.ledger.ledger import Change, Known, Ledger, Trail
from opsplane.playbooks.plan import Plan
from opsplane.policies.override import Override
from opsplane.signals.signal import Severity

LATER = timedelta(minutes=5)


def item(name: str = "7f3k2m9qxd", **changes: object) -> Item:
    """An item that nobody wrote yet."""
    fresh = open_item(signal(group_opened()), Severity.HIGH, "dev", "policy", NOW)
    return fresh.model_copy(update={"id": name, **changes})


def action(number: int = 1, of: str = "7f3k2m9qxd", **changes: object) -> Action:
    """An action that waits to be applied."""
    fresh = Action(
        id=f"{of}.{number}",
        item_id=of,
        plan=Plan(playbook="p", resource=item().resource, steps=(), evidence={"rules": [{"FromPort": 22}]}),
        state=ActionState.PLANNED,
        reason="why",
        created_at=NOW,
        updated_at=NOW,
        due_at=NOW,
    )
    return fresh.model_copy(update=changes)


def record(name: str = "event-1:threat") -> EventRecord:
    """What became of one signal."""
    return EventRecord(
        id=name, event_id=name.partition(":")[0], function="remediator", at=NOW, outcome=Outcome.ACT, reason="why"
    )


def message(name: str = "m-1", **changes: object) -> Message:
    """An own event on its way."""
    fresh = Message(id=name, detail_type="Notice Requested", detail={"text": "<é😀>", "n": [1, None]}, at=NOW)
    return fresh.model_copy(update=changes)


def change(of: Item, *texts: str, **more: object) -> Change:
    """A change that adds lines to an item's trail."""
    trail = Trail(of, of.updated_at, "remediator")
    for text in texts or ("line",):
        trail.add(EntryKind.SIGNAL, text)
    return replace(trail.change(), **more)


class LedgerPromises:
    """Subclassed beside each adapter, which brings the fixture `ledger`."""

    def test_what_was_written_is_read(self, ledger: Ledger) -> None:
        """Item, trail, action, event, message and memory, all from one change."""
        written = change(
            item(), "one", "two", actions=(action(),), event=record(), outbox=(message(),), memories={"sg-1": {"a": 1}}
        )

        ledger.write(written)

        assert ledger.item("7f3k2m9qxd") == written.item
        assert ledger.entries("7f3k2m9qxd") == written.entries
        assert ledger.action("7f3k2m9qxd.1") == action()
        assert ledger.events("event-1") == (record(),)
        assert ledger.memory("sg-1") == {"a": 1}
        assert ledger.due(NOW + LATER, 10).messages == (message(),)

    def test_what_was_never_written_is_not_there(self, ledger: Ledger) -> None:
        """Unknown ids are answers."""
        assert (ledger.item("x"), ledger.action("x.1"), ledger.action("x")) == (None,) * 3
        assert (ledger.entries("x"), ledger.events("x"), ledger.actions_of(item()), ledger.memory("x")) == (
            (),
            (),
            (),
            {},
        )

    def test_all_that_a_decision_rests_on_is_known_at_once(self, ledger: Ledger) -> None:
        """The signal's record, its item, what was remembered of the resource, and the freezes; or none of it."""
        held = Freeze(environment="prod", by="ada", reason="a sale", at=NOW)
        written = change(item(), event=record(), memories={"sg-1": {"a": 1}})

        assert ledger.recall("event-1:threat", "7f3k2m9qxd", "sg-1") == Known()

        ledger.write(written)
        ledger.freeze(held)

        assert ledger.recall("event-1:threat", "7f3k2m9qxd", "sg-1") == Known(record(), written.item, {"a": 1}, (held,))
        assert ledger.recall("event-1:other", "none", "sg-2") == Known(freezes=(held,))

    def test_the_records_of_one_event_are_not_those_of_another(self, ledger: Ledger) -> None:
        """Also where one id is the beginning of the other."""
        for name in ("event-1:threat", "event-1:drift", "event-10:threat"):
            ledger.write(Change(event=record(name)))

        assert sorted(each.id for each in ledger.events("event-1")) == ["event-1:drift", "event-1:threat"]

    def test_a_writer_that_read_an_older_item_is_refused(self, ledger: Ledger) -> None:
        """Nothing of its change is written."""
        ledger.write(change(item()))
        known = ledger.item("7f3k2m9qxd") or item()
        ledger.write(change(known, "quicker"))

        with pytest.raises(LedgerConflict, match="7f3k2m9qxd was written by somebody else"):
            ledger.write(change(known, "slower", actions=(action(),), event=record(), outbox=(message(),)))

        assert [entry.text for entry in ledger.entries("7f3k2m9qxd")] == ["line", "quicker"]
        assert (ledger.action("7f3k2m9qxd.1"), ledger.events("event-1")) == (None, ())
        assert ledger.due(NOW + LATER, 10).messages == ()

    def test_two_writers_cannot_both_open_an_item(self, ledger: Ledger) -> None:
        """The second one reads again."""
        ledger.write(change(item(), "first"))

        with pytest.raises(LedgerConflict):
            ledger.write(change(item(), "second"))

        assert [entry.text for entry in ledger.entries("7f3k2m9qxd")] == ["first"]

    def test_a_writer_that_read_an_older_action_is_refused(self, ledger: Ledger) -> None:
        """Two workers cannot both claim it."""
        ledger.write(change(item(), actions=(action(),)))
        claimed = action().claim("one", NOW)
        ledger.write(Change(actions=(claimed,)))

        with pytest.raises(LedgerConflict):
            ledger.write(Change(actions=(action().claim("two", NOW),)))

        assert ledger.action("7f3k2m9qxd.1") == claimed

    def test_an_action_cannot_be_made_twice(self, ledger: Ledger) -> None:
        """A first version is only written where there is none."""
        ledger.write(Change(actions=(action(),)))

        with pytest.raises(LedgerConflict):
            ledger.write(Change(actions=(action(reason="another"),)))

    def test_a_signal_is_recorded_once(self, ledger: Ledger) -> None:
        """A second delivery finds the record, and nothing of its change is written."""
        ledger.write(Change(event=record()))

        with pytest.raises(LedgerConflict):
            ledger.write(change(item(), event=record()))

        assert ledger.item("7f3k2m9qxd") is None

    def test_the_signals_of_one_event_are_found_by_its_id(self, ledger: Ledger) -> None:
        """Root opening a group is two."""
        for name in ("event-1:root-activity", "event-1:threat", "event-10:threat"):
            ledger.write(Change(event=record(name)))

        assert {each.id for each in ledger.events("event-1")} == {"event-1:root-activity", "event-1:threat"}

    def test_actions_come_oldest_first(self, ledger: Ledger) -> None:
        """Also behind the ninth."""
        ledger.write(change(item(actions=12), actions=tuple(action(number) for number in range(1, 13))))

        found = ledger.actions_of(ledger.item("7f3k2m9qxd") or item())

        assert [each.id for each in found] == [f"7f3k2m9qxd.{number}" for number in range(1, 13)]

    def test_what_changed_last_comes_first(self, ledger: Ledger) -> None:
        """Items and actions, no more than asked for."""
        for number in range(4):
            at = NOW + timedelta(seconds=number)
            ledger.write(change(item(f"item{number}", updated_at=at)))
            ledger.write(Change(actions=(action(of=f"item{number}", updated_at=at),)))

        assert [each.id for each in ledger.recent_items(3)] == ["item3", "item2", "item1"]
        assert [each.id for each in ledger.recent_actions(3)] == ["item3.1", "item2.1", "item1.1"]

    def test_a_changed_item_is_listed_once(self, ledger: Ledger) -> None:
        """Where it stood before, it does not stand any more."""
        ledger.write(change(item()))
        ledger.write(change((ledger.item("7f3k2m9qxd") or item()).change(NOW + LATER)))

        assert [each.id for each in ledger.recent_items(10)] == ["7f3k2m9qxd"]

    def test_what_became_of_a_days_signals_is_read_in_pieces(self, ledger: Ledger) -> None:
        """With the signal itself, so that other policies can be tried on it."""
        heard = signal(group_opened())
        for number, at in enumerate((NOW, NOW + LATER, NOW + timedelta(1))):
            kept = record(f"event-{number}:threat").model_copy(update={"at": at, "signal": heard})
            ledger.write(Change(event=kept))

        [(place, first)] = ledger.records("2026-11-22", "", 1)
        [(_, second)] = ledger.records("2026-11-22", place, 10)

        assert [first.id, second.id] == ["event-0:threat", "event-1:threat"]
        assert first.signal == heard

    def test_tickets_count_one_clock_hour(self, ledger: Ledger) -> None:
        """Each scope and each hour by itself."""
        taken = [ledger.take_ticket("policy:a", NOW) for _ in range(3)]

        assert taken == [1, 2, 3]
        assert ledger.take_ticket("policy:b", NOW) == 1
        assert ledger.take_ticket("policy:a", NOW + timedelta(hours=1)) == 1

    def test_policies_are_put_in_force_one_after_the_other(self, ledger: Ledger) -> None:
        """The newest one is known with each signal, all are kept, and none is written over."""
        first, second = (
            Override(version=number, by="ada", reason="r", at=NOW, source="# text", document={"version": 1})
            for number in (1, 2)
        )
        assert (ledger.override(), ledger.overrides()) == (None, ())

        ledger.put_override(first)
        ledger.put_override(second)
        with pytest.raises(LedgerConflict, match="policies version 2 of ada"):
            ledger.put_override(second)

        assert ledger.override() == ledger.recall("a:b", "c", "d").override == second
        assert ledger.overrides() == (second, first)

    def test_a_freeze_stands_until_it_is_lifted(self, ledger: Ledger) -> None:
        """One for each environment: the last one counts."""
        for reason in ("a sale", "the sale goes on"):
            ledger.freeze(Freeze(environment="prod", by="ada", reason=reason, at=NOW))
        ledger.freeze(Freeze(environment="*", by="bob", reason="an audit", at=NOW))

        assert sorted(each.reason for each in ledger.freezes()) == ["an audit", "the sale goes on"]

        ledger.thaw("prod")
        ledger.thaw("prod")

        assert [each.environment for each in ledger.freezes()] == ["*"]

    def test_a_days_entries_are_read_in_order_and_in_pieces(self, ledger: Ledger) -> None:
        """A reader goes on behind the position that it has, and misses nothing of the same moment."""
        ledger.write(change(item("aaaa"), "1", "2", "3"))
        ledger.write(change(item("bbbb", updated_at=NOW + LATER), "4", "5"))
        ledger.write(change(item("cccc", updated_at=NOW + timedelta(1)), "tomorrow"))

        seen, after = [], ""
        while piece := ledger.feed("2026-11-22", after, 2):
            seen += [entry.text for _, entry in piece]
            after = piece[-1][0]

        assert seen == ["1", "2", "3", "4", "5"]
        assert [entry.text for _, entry in ledger.feed("2026-11-23", "", 10)] == ["tomorrow"]

    def test_actions_are_due_when_their_time_has_come(self, ledger: Ledger) -> None:
        """Oldest first, no more than asked for, and not before."""
        times = {1: NOW + LATER, 2: NOW, 3: NOW + timedelta(seconds=1), 4: None}
        ledger.write(change(item(), actions=tuple(action(number, due_at=at) for number, at in times.items())))

        assert [each.id for each in ledger.due(NOW, 10).actions] == ["7f3k2m9qxd.2"]
        assert [each.id for each in ledger.due(NOW + LATER, 2).actions] == ["7f3k2m9qxd.2", "7f3k2m9qxd.3"]

    def test_a_finished_action_is_never_due_again(self, ledger: Ledger) -> None:
        """Its due time is gone with its last write."""
        ledger.write(Change(actions=(action(),)))
        ledger.write(Change(actions=(action().move(ActionState.FAILED, NOW),)))

        assert ledger.due(NOW + timedelta(days=365), 10).actions == ()

    def test_a_message_waits_in_the_outbox_until_it_is_forgotten(self, ledger: Ledger) -> None:
        """What the bus has taken is taken out; taking it out twice is no fault."""
        ledger.write(Change(outbox=(message("m-1"), message("m-2"))))

        ledger.forget_message("m-1")
        ledger.forget_message("m-1")

        assert ledger.due(NOW + LATER, 10).messages == (message("m-2"),)

    def test_what_was_remembered_last_stands(self, ledger: Ledger) -> None:
        """Memories are replaced, not merged."""
        ledger.write(Change(memories={"sg-1": {"a": 1}, "sg-2": {}}))
        ledger.write(Change(memories={"sg-1": {"b": 2}}))

        assert (ledger.memory("sg-1"), ledger.memory("sg-2")) == ({"b": 2}, {})

    def test_texts_of_any_language_survive(self, ledger: Ledger) -> None:
        """What is shown later is what was written."""
        hostile = item(title="<script>é😀中文'\"{}\\", policy=None)

        ledger.write(change(hostile, "';--"))

        assert (ledger.item("7f3k2m9qxd") or item()).title == hostile.title
