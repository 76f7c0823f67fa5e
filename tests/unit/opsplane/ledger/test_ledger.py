"""The trail of one change."""

from builders import NOW, Deployment, guardduty
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.ledger import Trail


def test_lines_are_numbered_after_those_that_the_item_has() -> None:
    """The number of entries is the item's version: a writer that read less is found out."""
    deployment = Deployment()
    deployment.receive(guardduty())
    trail = Trail(deployment.item, NOW, "bob")

    trail.add(EntryKind.COMMAND, "one")
    trail.add(EntryKind.COMMAND, "two")
    change = trail.change()

    assert [entry.id for entry in change.entries] == [f"{deployment.item.id}-{number:06d}" for number in (3, 4)]
    assert (change.base, change.item and change.item.entries) == (2, 4)
    assert {entry.by for entry in change.entries} == {"bob"}


def test_a_line_of_any_length_becomes_one_short_line() -> None:
    """A trail stays readable whatever AWS answers."""
    deployment = Deployment()
    deployment.receive(guardduty())
    trail = Trail(deployment.item, NOW, "bob")

    trail.add(EntryKind.COMMAND, "a\nb" * 10_000)

    assert len(trail.entries[0].text) == 1000
    assert "\n" not in trail.entries[0].text
