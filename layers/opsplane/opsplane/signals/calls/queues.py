"""SQS: who may use a queue."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.calls.policies import policy_of
from opsplane.signals.signal import Kind

_URL = re.compile(r"https?://[\w.:-]+/\d{12}/[\w-]{1,80}(?:\.fifo)?")


def read_attributes(record: Record) -> tuple[Heard, ...]:
    """SetQueueAttributes; without a policy among them it is harmless."""
    url = checked(record, record.text("queueUrl"), _URL, "AWS::SQS::Queue")
    policy = record.value("attributes", "Policy") or record.value("attributes", "policy")
    if not policy:
        harmless = "the call does not change the queue's policy"
        return (Heard(kind=Kind.RESOURCE_POLICY, type="AWS::SQS::Queue", id=url, harmless=harmless),)
    return (policy_of(record, policy, "AWS::SQS::Queue", url),)


CALLS: Mapping[str, Reader] = {"SetQueueAttributes": read_attributes}
