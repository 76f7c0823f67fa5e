"""The root user did something."""

import pytest
from builders import ROOT, Deployment, call
from cloud import Cloud
from opsplane.decisions.decision import Outcome
from opsplane.signals.signal import Severity


def test_root_is_told_at_once_as_critical() -> None:
    """Who, what and from where stands in the notice; nothing in AWS is touched."""
    deployment = Deployment(Cloud(before=pytest.fail))

    record = deployment.receive(call("iam", "CreateAccessKey", {}, ROOT))

    assert record.outcome is Outcome.TELL
    assert deployment.item.severity is Severity.CRITICAL
    assert deployment.notices == ["Attention: The root user called CreateAccessKey"]
    assert deployment.bus.published[0].detail["actor"].endswith("(Root) from 203.0.113.7")
