"""EC2: with whom snapshots and images are shared."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked, items
from opsplane.signals.signal import Kind

_SNAPSHOT, _IMAGE = re.compile(r"snap-[0-9a-f]{8,17}"), re.compile(r"ami-[0-9a-f]{8,17}")


def read_snapshot(record: Record) -> tuple[Heard, ...]:
    """ModifySnapshotAttribute."""
    name = checked(record, record.text("snapshotId"), _SNAPSHOT, "AWS::EC2::Snapshot")
    return (_heard(record, "AWS::EC2::Snapshot", name, record.value("createVolumePermission", "add")),)


def read_image(record: Record) -> tuple[Heard, ...]:
    """ModifyImageAttribute."""
    name = checked(record, record.text("imageId"), _IMAGE, "AWS::EC2::Image")
    return (_heard(record, "AWS::EC2::Image", name, record.value("launchPermission", "add")),)


def _heard(_: Record, type_name: str, name: str, added: object) -> Heard:
    harmless = None if items(added) else "the call shares it with nobody new"
    return Heard(kind=Kind.SNAPSHOT_SHARING, type=type_name, id=name, harmless=harmless)


CALLS: Mapping[str, Reader] = {"ModifyImageAttribute": read_image, "ModifySnapshotAttribute": read_snapshot}
