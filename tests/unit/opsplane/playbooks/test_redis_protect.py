"""A cache that lost its password or its encryption."""

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import plan, subject


def seen(*, encrypted: bool, password: bool = False) -> Observation:
    """A replication group."""
    return Observation(state={"encryption in transit": encrypted}, evidence={"password": password})


def cache(**facts: bool) -> Subject:
    """The group of a signal."""
    return subject("AWS::ElastiCache::ReplicationGroup", "sessions", **facts)


def test_encryption_comes_back_and_lets_old_clients_in() -> None:
    """`preferred` is the only way there without an outage."""
    [step] = plan("redis-protect", cache(), seen(encrypted=False))

    assert step.apply[0].parameters["TransitEncryptionMode"] == "preferred"
    assert step.undo[0].parameters["TransitEncryptionEnabled"] is False


def test_an_encrypted_one_is_left() -> None:
    """Nothing to do."""
    assert plan("redis-protect", cache(), seen(encrypted=True)) == ()
    assert plan("redis-protect", cache(password_deleted=True), seen(encrypted=True, password=True)) == ()


def test_a_lost_password_is_told() -> None:
    """A plan is kept and shown: no secret passes through it."""
    with pytest.raises(PermanentError, match="no longer asks for a password"):
        plan("redis-protect", cache(password_deleted=True), seen(encrypted=True))
