"""The drift function, as Lambda calls it."""

from collections.abc import Callable
from typing import Any

from builders import Deployment
from opsplane.adapters.memory.state_reader import MemoryStateReader
from opsplane.drift.check import DriftPorts


def test_the_sample_without_a_state_says_so(handler: Callable[[str], Any], context: Any, sample: Any) -> None:
    """A new account has none."""
    ports = DriftPorts(Deployment().ports, MemoryStateReader())

    answer = handler("drift")(sample("schedule/drift-daily.json"), context, ports=ports)

    assert (answer["checked"], len(answer["told"])) == (False, 1)


def test_an_empty_state_has_no_drift(handler: Callable[[str], Any], context: Any, sample: Any) -> None:
    """And nothing was looked at."""
    ports = DriftPorts(Deployment().ports, MemoryStateReader(b'{"version": 4, "serial": 1}'))

    answer = handler("drift")(sample("schedule/drift-daily.json"), context, ports=ports)

    assert answer["summary"].endswith("looked at 0 of 0 resources, 0 of 0 types")
