"""SNS: who may use a topic."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.calls.policies import policy_of
from opsplane.signals.signal import Kind

_ARN = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]{1,256}")


def read_attribute(record: Record) -> tuple[Heard, ...]:
    """SetTopicAttributes; another attribute than the policy is harmless."""
    arn = checked(record, record.text("topicArn"), _ARN, "AWS::SNS::Topic")
    if record.text("attributeName") != "Policy":
        harmless = "the call does not change the topic's policy"
        return (Heard(kind=Kind.RESOURCE_POLICY, type="AWS::SNS::Topic", id=arn, harmless=harmless),)
    return (policy_of(record, record.value("attributeValue"), "AWS::SNS::Topic", arn),)


CALLS: Mapping[str, Reader] = {"SetTopicAttributes": read_attribute}
