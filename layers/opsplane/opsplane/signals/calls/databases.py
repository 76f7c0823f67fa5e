"""RDS: databases and their snapshots, and who may reach them."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}")
_SNAPSHOT = re.compile(r"(?:rds:)?[A-Za-z][A-Za-z0-9-]{0,254}")


def read_instance(record: Record) -> tuple[Heard, ...]:
    """ModifyDBInstance and CreateDBInstance; one that gives no public address is harmless."""
    name = checked(record, record.text("dBInstanceIdentifier"), _ID, "AWS::RDS::DBInstance")
    public = record.value("publiclyAccessible") is True
    harmless = None if public else "the call gives the database no public address"
    return (Heard(kind=Kind.DATABASE_EXPOSURE, type="AWS::RDS::DBInstance", id=name, harmless=harmless),)


def read_snapshot(record: Record) -> tuple[Heard, ...]:
    """ModifyDBSnapshotAttribute and ModifyDBClusterSnapshotAttribute; one that adds nobody is harmless."""
    cluster = record.text("dBClusterSnapshotIdentifier")
    type_name = "AWS::RDS::DBClusterSnapshot" if cluster else "AWS::RDS::DBSnapshot"
    name = checked(record, cluster or record.text("dBSnapshotIdentifier"), _SNAPSHOT, type_name)
    harmless = None if record.value("valuesToAdd") else "the call shares the snapshot with nobody new"
    return (Heard(kind=Kind.SNAPSHOT_SHARING, type=type_name, id=name, harmless=harmless),)


CALLS: Mapping[str, Reader] = {
    "CreateDBInstance": read_instance,
    "ModifyDBClusterSnapshotAttribute": read_snapshot,
    "ModifyDBInstance": read_instance,
    "ModifyDBSnapshotAttribute": read_snapshot,
}
