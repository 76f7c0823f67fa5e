"""Policies that come with a call."""

import json

import pytest
from cloud import ACCOUNT, REGION
from opsplane.signals.calls.heard import Record
from opsplane.signals.calls.policies import policy_of

OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}


@pytest.mark.parametrize(
    ("policy", "harmless"),
    [(OPEN, False), (json.dumps(OPEN), False), ({"Statement": []}, True), ("no JSON", False), (None, False)],
)
def test_what_cannot_be_read_is_looked_at(policy: object, *, harmless: bool) -> None:
    """Only a policy that is understood can be called harmless."""
    record = Record(call="Do", service="sqs", account=ACCOUNT, region=REGION, request={}, response={})

    assert bool(policy_of(record, policy, "AWS::SQS::Queue", "q").harmless) is harmless
