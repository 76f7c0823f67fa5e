"""What sleep saved, as a report tells it."""

from opsplane.reports.saved import Saved


def test_what_was_saved_survives_the_shelf() -> None:
    """The JSON of a report means what was measured."""
    found = Saved(environment="dev", usd=1.5, hours=12, ran_usd=0, lines=("a",), baseline="b", prices="p")

    assert Saved.model_validate_json(found.model_dump_json()) == found
