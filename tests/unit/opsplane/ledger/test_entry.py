"""What the ledger holds besides the current item and action."""

from builders import NOW, Deployment, group_opened
from cloud import Cloud, rule
from opsplane.ledger.entry import Entry, EntryKind, EventRecord, Message


def test_every_entry_shows_item_and_action_as_they_were_after_it() -> None:
    """The read model can be rebuilt from entries alone."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    deployment.receive(group_opened())

    seen = [
        (entry.kind, entry.item.entries, entry.action and entry.action.state)
        for entry in deployment.ledger.trail.values()
    ]

    assert seen == [
        (EntryKind.SIGNAL, 1, None),
        (EntryKind.DECISION, 2, "applying"),
        (EntryKind.ACTION, 3, "applying"),
        (EntryKind.STEP, 4, None),
        (EntryKind.ACTION, 5, "verified"),
    ]


def test_records_survive_json() -> None:
    """What is stored is what was meant."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    record = deployment.receive(group_opened())
    sent = Message(id="m-1", detail_type="Notice Requested", detail={"a": [1, None]}, at=NOW)

    assert EventRecord.model_validate_json(record.model_dump_json()) == record
    assert Message.model_validate_json(sent.model_dump_json()) == sent
    for entry in deployment.ledger.trail.values():
        assert Entry.model_validate_json(entry.model_dump_json()) == entry
