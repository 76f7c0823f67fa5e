"""Policies that people put in force."""

import pytest
from builders import NOW, shipped
from opsplane.errors import InvalidPolicy
from opsplane.model import JsonObject
from opsplane.policies.override import Override, meant_by


def override(version: int = 1, **document: object) -> Override:
    """A version of somebody's policies."""
    whole: JsonObject = {"version": 1, "base": "shipped", **document}
    return Override(version=version, by="ada", reason="r", at=NOW, source="", document=whole)


def test_an_override_means_a_set() -> None:
    """That of its file, laid over what this version ships with."""
    assert meant_by(override()).policies == shipped().policies
    assert meant_by(override(protected_tag="hands-off")).protected_tag == "hands-off"


def test_what_was_read_once_is_kept_until_it_changes() -> None:
    """The same version of another opsplane is another document."""
    assert meant_by(override(2)) is meant_by(override(2))
    assert meant_by(override(2, protected_tag="x")).protected_tag == "x"


@pytest.mark.parametrize("document", [{"mode": "x"}, {"disabled": ["gone"]}])
def test_one_that_cannot_be_understood_says_whose_it_is(document: JsonObject) -> None:
    """People have to find whom to ask."""
    with pytest.raises(InvalidPolicy, match="policies version 3 of ada"):
        meant_by(override(3, **document))
