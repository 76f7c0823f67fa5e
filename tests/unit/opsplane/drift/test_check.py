"""The daily check."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from builders import Deployment
from cloud import rule
from opsplane.adapters.memory.state_reader import MemoryStateReader
from opsplane.drift.check import DriftPorts, answer
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane.ledger.item import ItemState

DAILY = {"kind": "daily"}


@dataclass
class Check:
    """A drift function in memory."""

    groups: Any
    deployment: Deployment = field(default_factory=Deployment)
    state: MemoryStateReader = field(default_factory=MemoryStateReader)

    def run(self) -> dict[str, Any]:
        """Check once, a day later than the last time."""
        self.deployment.clock.advance(timedelta(days=1))
        core = replace(self.deployment.ports, api=self.groups, function="drift")
        return answer(DAILY, DriftPorts(core, self.state))


@pytest.fixture
def check(groups: Any, terraform: Any) -> Check:
    """A group that is as its state wants it."""
    groups.open("sg-1", 443)
    vpc = terraform.block("aws_vpc", "this", {"id": "vpc-1"})
    return Check(groups, state=MemoryStateReader(terraform.file(terraform.group(), terraform.separate(), vpc)))


def test_no_drift_is_written_down_with_what_was_looked_at(check: Check) -> None:
    """Silence must not pass for a clean result."""
    checked = check.run()

    assert checked["summary"] == (
        "0 of 1 security groups differ from Terraform; looked at 2 of 3 resources, 2 of 3 types"
    )
    [record] = check.deployment.ledger.known.values()
    assert record.reason == checked["summary"]
    assert (check.deployment.ledger.items, check.deployment.notices) == ({}, [])


def test_a_rule_that_somebody_added_is_one_item_and_told(check: Check) -> None:
    """With the rule and the address in its title."""
    check.groups.rules["sg-1"].append(rule(22))

    checked = check.run()

    assert (checked["differing"], checked["told"]) == (["sg-1"], [check.deployment.item.id])
    assert check.deployment.item.title == (
        "sg-1 (aws_security_group.app) differs from Terraform - not in the state: tcp 22 from 0.0.0.0/0"
    )
    assert len(check.deployment.notices) == 1


def test_the_same_drift_is_told_once(check: Check) -> None:
    """A week of the same difference is one message, not seven."""
    check.groups.rules["sg-1"].append(rule(22))

    answers = [check.run() for _ in range(7)]

    assert [len(each["told"]) for each in answers] == [1, 0, 0, 0, 0, 0, 0]
    assert len(check.deployment.notices) == 1


def test_drift_that_changes_is_told_again(check: Check) -> None:
    """It is another difference now, of the same item."""
    check.groups.rules["sg-1"].append(rule(22))
    check.run()
    check.groups.rules["sg-1"].append(rule(3389))
    check.run()

    assert (len(check.deployment.ledger.items), len(check.deployment.notices)) == (1, 2)


def test_drift_that_is_gone_resolves_its_item(check: Check) -> None:
    """Without a message: somebody put it right."""
    check.groups.rules["sg-1"].append(rule(22))
    check.run()
    check.groups.rules["sg-1"].pop()

    checked = check.run()

    assert checked["resolved"] == [check.deployment.item.id]
    assert check.deployment.item.state is ItemState.RESOLVED


def test_drift_that_comes_back_is_told_again(check: Check) -> None:
    """The item reopens."""
    for _ in range(2):
        check.groups.rules["sg-1"].append(rule(22))
        check.run()
        check.groups.rules["sg-1"].pop()
        check.run()

    assert (len(check.deployment.ledger.items), len(check.deployment.notices)) == (1, 2)


def test_a_missing_state_is_told_once_and_over_when_it_is_there(check: Check) -> None:
    """A new account has none: that is no crash."""
    text, check.state.text = check.state.text, None
    first, second = check.run(), check.run()
    check.state.text = text
    third = check.run()

    assert (first["checked"], second["checked"], third["checked"]) == (False, False, True)
    assert (len(first["told"]), second["told"]) == (1, [])
    assert first["summary"] == "drift was not checked: there is no Terraform state at memory://state"
    assert check.deployment.item.state is ItemState.RESOLVED


@pytest.mark.parametrize("text", [b"", b"not a state", b'{"version": 3, "serial": 1}'])
def test_a_state_that_cannot_be_read_is_told_not_raised(check: Check, text: bytes) -> None:
    """The reason says where to look."""
    check.state.text = text

    checked = check.run()

    assert (checked["checked"], len(checked["told"])) == (False, 1)
    assert "it is not a Terraform state of version 4" in checked["summary"]


def test_a_right_that_is_missing_is_told(check: Check) -> None:
    """An access that was denied must not look like "no drift"."""
    check.groups.fault = AccessDenied("ec2 describe_security_groups: UnauthorizedOperation")

    checked = check.run()

    assert (checked["checked"], len(checked["told"])) == (False, 1)


@pytest.mark.parametrize("place", ["groups", "state"])
def test_throttling_is_raised_so_that_the_check_comes_again(check: Check, place: str) -> None:
    """Nothing is recorded that is not known."""
    getattr(check, place).fault = ServiceUnavailable("throttled")

    with pytest.raises(ServiceUnavailable):
        check.run()

    assert check.deployment.ledger.known == {}


def test_an_event_that_nobody_knows_is_kept(check: Check) -> None:
    """Whole, with the reason beside it."""
    ports = DriftPorts(check.deployment.ports, check.state)

    record = answer({"kind": "party"}, ports)

    assert record["outcome"] == "refuse"
    assert check.deployment.queue.kept[0][0] == {"kind": "party"}
