"""The tables of calls."""

import pytest
from opsplane.signals.calls import SERVICES, calls_of


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_that_is_named_has_calls(service: str) -> None:
    """A name without a table would make a rule that nobody answers."""
    assert calls_of(service)


def test_a_service_that_nobody_reads_has_none() -> None:
    """Root may call it all the same."""
    assert calls_of("macie2") == {}


def test_one_call_name_belongs_to_one_service() -> None:
    """The rules for root and for refused calls leave them out by name."""
    names = [name for service in SERVICES for name in calls_of(service)]

    assert len(names) == len(set(names))
