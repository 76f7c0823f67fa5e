"""The freeze switch."""

from datetime import timedelta

import pytest
from builders import NOW
from opsplane.decisions.freeze import Freeze


@pytest.mark.parametrize(
    ("about", "environment", "hours", "holds"),
    [
        ("prod", "prod", 1, True),
        ("*", "prod", 1, True),
        ("prod", "dev", 1, False),
        ("prod", "prod", -1, False),
        ("prod", "prod", None, True),
    ],
)
def test_it_holds_its_environment_until_its_end(
    about: str, environment: str, hours: int | None, *, holds: bool
) -> None:
    """Or until somebody lifts it, when it has no end."""
    until = None if hours is None else NOW + timedelta(hours=hours)
    freeze = Freeze(environment=about, by="alice", reason="migration", at=NOW, until=until)

    assert freeze.holds(environment, NOW) is holds


def test_it_says_who_and_why() -> None:
    """That is what the person who is asked reads."""
    assert str(Freeze(environment="*", by="alice", reason="migration", at=NOW)) == "alice holds it still: migration"
