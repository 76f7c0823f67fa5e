"""Flow logs that somebody deleted."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import plan, playbook, subject

FLOW = subject("AWS::EC2::FlowLog", "fl-1")
FORMER = {"ResourceId": "vpc-1", "TrafficType": "ALL", "LogGroupName": "flows", "Tags": {"owner": "alice"}}
TARGET = "flow log of vpc-1 (ALL) to flows"


def seen(*, live: bool = False, same: bool = False, former: Any = FORMER) -> Observation:
    """Whether it is there, whether another one records the same, and what is known of it."""
    return Observation(
        state={TARGET: FORMER} if live or same else {},
        evidence={"about": "fl-1", "flow_logs": {"fl-1": FORMER} if live else {}},
        former={"flow log": former} if former else {},
    )


def test_it_is_made_again_as_it_was() -> None:
    """With its tags; undo finds the new one by what it records."""
    [step] = plan("flow-logs-restore", FLOW, seen())

    assert step.apply[0].parameters["ResourceIds"] == ["vpc-1"]
    assert step.apply[0].parameters["TagSpecifications"][0]["Tags"] == [{"Key": "owner", "Value": "alice"}]
    assert step.undo[0].parameters == {"FlowLogIds": [{"$live": TARGET}]}


@pytest.mark.parametrize("resource", ["vpc-1", "subnet-1", "eni-1"])
def test_the_type_of_what_is_recorded_is_named(resource: str) -> None:
    """CreateFlowLogs wants to be told what the id is."""
    [step] = plan("flow-logs-restore", FLOW, seen(former={**FORMER, "ResourceId": resource}))

    types = {"vpc-1": "VPC", "subnet-1": "Subnet", "eni-1": "NetworkInterface"}
    assert step.apply[0].parameters["ResourceType"] == types[resource]


@pytest.mark.parametrize("found", [seen(live=True), seen(same=True)])
def test_what_is_recorded_is_not_recorded_twice(found: Observation) -> None:
    """Two flow logs cost twice."""
    assert plan("flow-logs-restore", FLOW, found) == ()


def test_one_that_nobody_knew_is_told() -> None:
    """Nothing is invented."""
    with pytest.raises(PermanentError, match="never seen while it existed"):
        plan("flow-logs-restore", FLOW, seen(former=None))


def test_what_is_gone_is_still_known() -> None:
    """Looking at its place does not make it forgotten."""
    remember = playbook("flow-logs-restore").remember
    assert remember is not None

    assert remember(seen(live=True, former=None), {}) == {"flow log": FORMER}
    assert remember(seen(), {}) == {"flow log": FORMER}
