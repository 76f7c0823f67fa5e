"""A decision is a value with a reason."""

import pytest
from opsplane.decisions.decision import Decision, Outcome
from opsplane.signals.signal import Severity
from pydantic import ValidationError


def test_a_decision_without_a_reason_cannot_be_made() -> None:
    """Also the decision to do nothing has one."""
    with pytest.raises(ValidationError, match="reason"):
        Decision.model_validate({"outcome": "ignore", "severity": "low", "environment": "dev"})


def test_outcomes_are_the_six_words_of_the_record() -> None:
    """People and programs read the same words."""
    assert list(Outcome) == ["act", "ask", "tell", "record", "ignore", "refuse"]


def test_a_long_reason_is_cut() -> None:
    """A reason may quote AWS; it stays one line that people read."""
    decision = Decision(outcome=Outcome.TELL, reason="x" * 5000, severity=Severity.LOW, environment="dev")

    assert len(decision.reason) == 1000
