"""An address that attacks is blocked for a time."""

from datetime import timedelta
from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import plan, playbook, subject

ATTACKER = "198.51.100.7"


def attacked(*addresses: str) -> Subject:
    """A finding that names attackers."""
    return subject("AWS::EC2::Instance", "i-1", addresses=list(addresses), subnets=["subnet-1"])


def acl(*denied: str, more: int = 0) -> Observation:
    """A network ACL that allows all from entry 100 and denies some in front of it; `more` fill it up."""
    entries = [{"RuleNumber": 100, "RuleAction": "allow", "CidrBlock": "0.0.0.0/0", "Egress": False}]
    entries += [{"RuleNumber": 99 - n, "RuleAction": "deny", "CidrBlock": each} for n, each in enumerate(denied)]
    entries += [{"RuleNumber": 200 + n, "RuleAction": "allow", "CidrBlock": "10.0.0.0/8"} for n in range(more)]
    state: dict[str, Any] = {f"deny {each} in acl-1": 99 for each in denied}
    return Observation(state=state, evidence={"own": ["203.0.113.9"], "acls": {"acl-1": entries}})


def test_the_entry_goes_in_front_of_what_allows() -> None:
    """Network ACLs are read in the order of their numbers; undo takes just that entry."""
    [step] = plan("block-source-ip", attacked(ATTACKER), acl())

    assert step.apply[0].parameters["RuleNumber"] == 99
    assert step.undo[0].parameters == {"NetworkAclId": "acl-1", "RuleNumber": 99, "Egress": False}


def test_a_second_address_gets_the_next_free_number() -> None:
    """Taken numbers are not overwritten."""
    [step] = plan("block-source-ip", attacked(ATTACKER), acl("192.0.2.1/32"))

    assert step.after == 98


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "224.0.0.1", "203.0.113.9",
     "2001:db8::1", "198.51.100.0/24", "nonsense", ""],
)  # fmt: skip
def test_our_own_and_what_is_no_address_is_never_blocked(address: str) -> None:
    """Private, link-local, our elastic addresses, networks."""
    assert plan("block-source-ip", attacked(address), acl()) == ()


@pytest.mark.parametrize("spared", [ATTACKER, "198.51.100.0/24"])
def test_what_policy_spares_is_never_blocked(spared: str) -> None:
    """A monitoring service, an office, a partner."""
    assert plan("block-source-ip", attacked(ATTACKER), acl(), never_block=[spared]) == ()


def test_an_address_that_is_blocked_is_not_blocked_twice() -> None:
    """Findings repeat."""
    assert plan("block-source-ip", attacked(ATTACKER), acl(f"{ATTACKER}/32")) == ()


def test_a_full_acl_is_told() -> None:
    """EC2 takes twenty entries: an address that stays open is not passed over in silence."""
    with pytest.raises(PermanentError, match="no room for 198.51.100.7/32: acl-1"):
        plan("block-source-ip", attacked(ATTACKER), acl(more=19))


def test_an_acl_without_a_number_in_front_of_what_allows_is_told() -> None:
    """A deny entry behind it would deny nothing."""
    entries = [{"RuleNumber": 1, "RuleAction": "allow", "CidrBlock": "0.0.0.0/0", "Egress": False}]

    with pytest.raises(PermanentError, match="no room"):
        plan("block-source-ip", attacked(ATTACKER), Observation(evidence={"own": [], "acls": {"acl-1": entries}}))


def test_the_firewalls_list_takes_it() -> None:
    """Addresses and lock token are filled in at the moment of the call."""
    found = Observation(evidence={"own": [], "block list": "set-1", "blocked": []})

    [step] = plan("block-source-ip", attacked(ATTACKER), found)

    assert step.apply[0].parameters["Addresses"] == {"$live": f"with {ATTACKER}/32"}
    assert step.undo[0].parameters["Addresses"] == {"$live": f"without {ATTACKER}/32"}


def test_where_there_is_a_list_the_subnets_deny_it_too() -> None:
    """A firewall looks at web requests: it does not stop SSH."""
    found = acl()
    found = found.model_copy(update={"evidence": {**found.evidence, "block list": "set-1", "blocked": []}})

    steps = plan("block-source-ip", attacked(ATTACKER), found)

    assert [step.apply[0].operation for step in steps] == ["update_ip_set", "create_network_acl_entry"]


def test_what_is_blocked_in_one_place_is_blocked_in_the_other() -> None:
    """A full ACL is no reason to say that nothing is blocked."""
    found = acl(more=19)
    found = found.model_copy(update={"evidence": {**found.evidence, "block list": "set-1", "blocked": []}})

    assert len(plan("block-source-ip", attacked(ATTACKER), found)) == 1


def test_without_a_place_it_is_told() -> None:
    """No list, and a finding without a subnet."""
    with pytest.raises(PermanentError, match="no block list"):
        plan("block-source-ip", attacked(ATTACKER), Observation(evidence={"own": [], "acls": {}}))


@pytest.mark.parametrize(("hours", "lasts"), [(2, 2), ("2", 24), (0, 24), (None, 24)])
def test_a_block_ends(hours: Any, lasts: int) -> None:
    """A day, unless policy gives hours."""
    block = playbook("block-source-ip")

    assert block.lasts is not None
    assert block.lasts({"hours": hours}) == timedelta(hours=lasts)
