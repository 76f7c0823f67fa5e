"""A file that people put in force, one version after the other."""

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from opsplane.errors import InvalidPolicy, InvalidSchedule
from opsplane.policies.version import Version, following, last_good


class Menu(Version):
    """A version of something."""

    what: ClassVar[str] = "menus"


def menu(version: int) -> Menu:
    """One version."""
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Menu(version=version, by="ada", reason="x", at=at, source="", document={})


def even(version: Menu) -> int:
    """Understands the even ones."""
    if version.version % 2:
        raise InvalidPolicy(version.name)
    return version.version


def test_versions_are_counted_from_one() -> None:
    """Each knows what it is called."""
    assert (following(None), following(menu(3))) == (1, 4)
    assert menu(3).name == "menus version 3 of ada"


def test_the_newest_earlier_version_that_can_be_understood_is_good() -> None:
    """However many broken ones lie between, and however new those after it are."""
    versions = [menu(number) for number in (8, 7, 5, 4, 2)]

    assert last_good(versions, menu(7), even, InvalidPolicy) == ("menus version 4 of ada", 4)
    assert last_good(versions, menu(2), even, InvalidPolicy) is None


def test_another_fault_is_no_bad_version() -> None:
    """It comes through."""
    with pytest.raises(InvalidPolicy):
        last_good([menu(1)], menu(2), even, InvalidSchedule)
