"""The drift function's ports."""

import pytest
from opsplane.assembly import drift
from opsplane.errors import InvalidSettings, PermanentError


@pytest.mark.usefixtures("_told")
def test_drift_without_a_state_says_which_variables_to_set() -> None:
    """It is told, not raised at import."""
    with pytest.raises(PermanentError, match="OPSPLANE_STATE_BUCKET and OPSPLANE_STATE_KEY"):
        drift.ports().state.read()


def test_a_function_that_was_told_nothing_says_what_it_needs() -> None:
    """As every function does."""
    with pytest.raises(InvalidSettings, match="OPSPLANE_LEDGER_TABLE"):
        drift.ports()
