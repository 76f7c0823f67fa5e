"""The patch that nobody takes back, and the list of gaps."""

import sys
from types import SimpleNamespace

import pytest
from opsplane_local import moto_gaps
from opsplane_local.moto_gaps.patch import ForGood

pytestmark = pytest.mark.integration


def test_a_patch_for_good_sets_attributes_and_items() -> None:
    """New names and old ones alike."""
    owner, mapping = SimpleNamespace(old=1), {"old": 1}
    patch = ForGood()

    patch.attribute(owner, "old", 2)
    patch.attribute(owner, "new", 3)
    patch.item(mapping, "new", 3)

    assert (owner.old, owner.new, mapping) == (2, 3, {"old": 1, "new": 3})


def test_every_gap_names_what_moto_does_wrong() -> None:
    """A gap is listed once, says in its docstring why it is there, and its file names the version."""
    assert len(set(moto_gaps.GAPS)) == len(moto_gaps.GAPS)
    assert [gap for gap in moto_gaps.GAPS if "moto" not in str(gap.__doc__)] == []
    assert [gap for gap in moto_gaps.GAPS if "moto 5.2.5" not in str(sys.modules[gap.__module__].__doc__)] == []
