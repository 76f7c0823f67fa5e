"""The one place where ports meet adapters."""

import pytest
from builders import settings
from opsplane import bootstrap
from opsplane.adapters.aws.ledger import DynamoLedger
from opsplane.errors import InvalidSettings


def test_connecting_reaches_for_nothing() -> None:
    """Ports are made without a call: the network is closed here."""
    ports = bootstrap.connect(settings(), "cli")

    assert isinstance(ports.ledger, DynamoLedger)
    assert (ports.function, ports.settings.environment) == ("cli", "dev")
    assert ports.now().tzinfo is not None


def test_a_process_that_was_told_nothing_says_what_it_needs() -> None:
    """The message names the variables."""
    bootstrap.ports.cache_clear()

    with pytest.raises(InvalidSettings, match="OPSPLANE_LEDGER_TABLE"):
        bootstrap.ports()
