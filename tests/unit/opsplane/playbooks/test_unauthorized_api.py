"""AWS refused a call."""

import pytest
from builders import Deployment, Event, call
from cloud import Cloud


def refused(identity: str) -> Event:
    """A call that AWS refused."""
    return call("ssm", "GetParameter", {"name": "/db"}, error="AccessDenied", id=identity)


def test_nothing_is_read_or_changed_and_one_item_collects_them() -> None:
    """Somebody may be trying doors: each refusal alone says little."""
    deployment = Deployment(Cloud(before=pytest.fail))

    records = [deployment.receive(refused(f"event-{n}")) for n in range(3)]

    assert {record.item_id for record in records} == {deployment.item.id}
    assert deployment.ledger.actions == {}
