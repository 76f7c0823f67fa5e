"""What a sweep needs to know."""

from opsplane.schedules.sleep import Head
from opsplane.schedules.store import Exceptions, Kept


def test_an_environment_at_first_sight_is_blank() -> None:
    """Nothing is known of it, and nothing was written."""
    assert Kept().head("dev") == Head(environment="dev")
    assert Kept().overrides("dev") == ()
    assert Kept(exceptions={"dev": Exceptions(version=3)}).overrides("dev") == ()
