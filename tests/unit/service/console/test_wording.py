"""Values in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from app.console.wording import clock, gist, iso, resource_kind, span, words
from builders import Deployment
from served import fixed_bucket, fixed_group


def test_moments_are_told_in_utc() -> None:
    """Wherever they come from."""
    moment = datetime(2026, 11, 23, 2, 13, 5, tzinfo=timezone(timedelta(hours=9)))

    assert (clock(moment), iso(moment)) == ("22 Nov 17:13:05", "2026-11-22T17:13:05Z")
    assert iso(moment.astimezone(UTC)) == iso(moment)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-3, "0 s"), (0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (200000, "2 d")],
)
def test_a_span_is_told_in_one_unit(seconds: int, told: str) -> None:
    """A clock that differs a little does not give a negative age."""
    assert span(timedelta(seconds=seconds)) == told


def test_names_are_shortened_for_people() -> None:
    """States and resource types lose what machines need."""
    assert words("awaiting_approval") == "awaiting approval"
    assert resource_kind("AWS::EC2::SecurityGroup") == "EC2 SecurityGroup"


def test_an_action_is_told_by_its_first_step(deployment: Deployment) -> None:
    """And by how many follow."""
    assert gist(fixed_group(deployment)).startswith("Revoke ingress tcp 22-22 0.0.0.0/0 from sg-")
    assert gist(fixed_bucket(deployment)).endswith("and 1 more")
