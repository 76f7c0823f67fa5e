"""EC2: flow logs."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ID = re.compile(r"fl-[0-9a-f]{8,17}")


def read_deletion(record: Record) -> tuple[Heard, ...]:
    """DeleteFlowLogs: one item for each flow log that went."""
    named = record.value("DeleteFlowLogsRequest", "FlowLogId")
    found = [each.get("content") for each in (named if isinstance(named, list) else [named]) if isinstance(each, dict)]
    return tuple(_heard(record, each) for each in found or [None])


def read_creation(record: Record) -> tuple[Heard, ...]:
    """CreateFlowLogs: seen in order, so that their settings are known once they are gone."""
    answer = record.response.get("CreateFlowLogsResponse")
    listed = answer.get("flowLogIdSet") if isinstance(answer, dict) else record.response.get("flowLogIdSet")
    found = listed.get("item", listed.get("items")) if isinstance(listed, dict) else listed
    ids = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return tuple(_heard(record, each, "a flow log was made") for each in ids)


def _heard(record: Record, found: object, fine: str | None = None) -> Heard:
    flow_log = checked(record, found, _ID, "AWS::EC2::FlowLog")
    return Heard(kind=Kind.FLOW_LOGS, type="AWS::EC2::FlowLog", id=flow_log, looks_fine=fine, more=(flow_log,))


CALLS: Mapping[str, Reader] = {"CreateFlowLogs": read_creation, "DeleteFlowLogs": read_deletion}
