"""An operational item: many signals with one dedupe key."""

import re
from datetime import timedelta

from builders import NOW, group_opened, signal
from hypothesis import given
from hypothesis import strategies as st
from opsplane.ledger.item import ItemState, item_id, open_item
from opsplane.signals.signal import Severity


@given(st.text())
def test_an_id_is_ten_characters_that_a_person_can_read_out(key: str) -> None:
    """The same key gives the same id, in every process and year."""
    assert re.fullmatch(r"[a-z2-7]{10}", item_id(key))
    assert item_id(key) == item_id(key)


def test_an_id_never_changes_between_releases() -> None:
    """Old records are found by it."""
    assert item_id("bucket-exposure:000000000000:us-east-1:reports") == "jn65jcoqfh"


def test_a_new_item_takes_what_its_first_signal_says() -> None:
    """Open, not counted yet, with who did it."""
    heard = signal(group_opened())

    item = open_item(heard, Severity.CRITICAL, "dev", "policy-1", NOW)

    assert (item.state, item.severity, item.policy) == (ItemState.OPEN, Severity.CRITICAL, "policy-1")
    assert (item.signals, item.entries, item.actions) == (0, 0, 0)
    assert item.actor == heard.actor


def test_a_change_is_dated_and_leaves_the_old_value_alone() -> None:
    """Items are values."""
    item = open_item(signal(group_opened()), Severity.HIGH, "dev", None, NOW)

    changed = item.change(NOW + timedelta(1), state=ItemState.RESOLVED)

    assert (item.state, changed.state) == (ItemState.OPEN, ItemState.RESOLVED)
    assert changed.updated_at == NOW + timedelta(1)
