"""A dated exception to a schedule."""

from datetime import UTC, datetime, timedelta

import pytest
from opsplane.errors import Refused
from opsplane.schedules.override import Override, OverrideKind, check_free
from pydantic import ValidationError

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)


def override(kind: str = "keep-on", first: float = 0, last: float = 2, target: str = "dev") -> Override:
    """An exception between two hours from now."""
    start, end = NOW + timedelta(hours=first), NOW + timedelta(hours=last)
    return Override(
        id="1f2e", target=target, kind=OverrideKind(kind), start=start, end=end, by="ada", reason="demo", made_at=NOW
    )


@pytest.mark.parametrize("kind", ["keep-on", "keep-off", "skip-stop"])
def test_two_exceptions_at_the_same_time_are_refused_with_the_one_in_the_way(kind: str) -> None:
    """And with the command that takes it away."""
    with pytest.raises(Refused, match="overlaps with 1f2e, keep-on of dev.*opsplane override cancel 1f2e"):
        check_free(override(kind, 1, 3), (override(),))


def test_exceptions_that_follow_each_other_are_no_overlap() -> None:
    """They are half-open."""
    check_free(override("keep-off", 2, 3), (override(),))


def test_a_hold_may_lie_over_all_others_but_not_over_a_hold() -> None:
    """It outranks them."""
    check_free(override("hold"), (override(),))
    with pytest.raises(Refused, match="overlaps"):
        check_free(override("hold", 1, 3), (override("hold"),))


def test_an_exception_for_one_workload_may_lie_over_that_of_all() -> None:
    """The narrower one decides."""
    check_free(override("keep-off", target="dev/rds:orders"), (override(),))


def test_an_exception_has_an_end_behind_its_start_and_within_a_quarter() -> None:
    """What lasts longer is a schedule."""
    with pytest.raises(ValidationError, match="not after its start"):
        override(first=2, last=2)
    with pytest.raises(ValidationError, match="longer than 92 days"):
        override(last=24 * 93)


def test_a_target_is_an_environment_or_one_workload_of_it() -> None:
    """A service's key has a slash of its own."""
    found = override(target="dev/ecs:app/web")

    assert (found.environment, found.workload) == ("dev", "ecs:app/web")
    assert (override().environment, override().workload) == ("dev", "")
