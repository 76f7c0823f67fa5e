"""ElastiCache: what protects a replication group."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")


def read_change(record: Record) -> tuple[Heard, ...]:
    """ModifyReplicationGroup; one that takes neither password nor encryption away is harmless."""
    group = checked(record, record.text("replicationGroupId"), _ID, "AWS::ElastiCache::ReplicationGroup")
    password = record.text("authTokenUpdateStrategy").upper() == "DELETE"
    encryption = record.value("transitEncryptionEnabled") is False
    harmless = None if password or encryption else "the call takes neither password nor encryption away"
    facts = {"password_deleted": password}
    return (
        Heard(
            kind=Kind.CACHE_PROTECTION,
            type="AWS::ElastiCache::ReplicationGroup",
            id=group,
            facts=facts,
            harmless=harmless,
        ),
    )


CALLS: Mapping[str, Reader] = {"ModifyReplicationGroup": read_change}
