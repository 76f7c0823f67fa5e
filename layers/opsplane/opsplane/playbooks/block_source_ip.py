"""An address that attacks is blocked for a time: at the firewall where there is a block list, and at the subnets.

The block list is a regional WAF IP set of the name `opsplane-blocked-addresses`, which a rule of a web ACL has to
refer to: opsplane makes neither. A firewall sees web requests only, so that SSH and probes of ports are also denied in
the network ACLs of the subnets under attack. Private addresses, our own and those that policy spares are never blocked.
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

import ipaddress
from datetime import timedelta
from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, live
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_BLOCK_LIST = "opsplane-blocked-addresses"
_HOURS = 24
_FIRST_ENTRY = 1
_PRIVATE = tuple(
    ipaddress.IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
"""RFC 1918 and RFC 6598."""

_LARGEST_ACL = 20
"""Entries that a network ACL takes in each direction, unless AWS was asked for more."""


def observe(api: Api, subject: Subject) -> Observation:
    """The block list, the deny entries of the subnets' network ACLs, and our own addresses as evidence."""
    own = api.read("ec2", "describe_addresses")["Addresses"]
    evidence: dict[str, Any] = {"own": sorted(each["PublicIp"] for each in own if each.get("PublicIp"))}
    acls = _observe_acls(api, subject, evidence)
    sets = api.read("wafv2", "list_ip_sets", Scope="REGIONAL")["IPSets"]
    for each in sets:
        if each["Name"] == _BLOCK_LIST:
            listed = _observe_list(api, each["Id"], subject, acls.evidence)
            return listed.model_copy(update={"state": {**acls.state, **listed.state}})
    return acls


def _observe_list(api: Api, identity: str, subject: Subject, evidence: dict[str, Any]) -> Observation:
    """The list as it is, and as it would be with and without each address: others may add theirs at any time."""
    found = api.read("wafv2", "get_ip_set", Name=_BLOCK_LIST, Scope="REGIONAL", Id=identity)
    blocked = sorted(found["IPSet"]["Addresses"])
    ways: dict[str, Json] = {}
    for cidr in (f"{address}/32" for address in subject.facts.get("addresses", [])):
        ways[f"with {cidr}"] = [*sorted({*blocked, cidr})]
        ways[f"without {cidr}"] = [each for each in blocked if each != cidr]
    return Observation(
        state={_listed(cidr): "blocked" for cidr in blocked},
        handles={"lock token": found["LockToken"], **ways},
        evidence={**evidence, "block list": identity, "blocked": blocked},
    )


def _observe_acls(api: Api, subject: Subject, evidence: dict[str, Any]) -> Observation:
    subnets = [str(each) for each in subject.facts.get("subnets", [])]
    acls: list[dict[str, Any]] = []
    if subnets:
        filters = [{"Name": "association.subnet-id", "Values": subnets}]
        acls = api.read("ec2", "describe_network_acls", Filters=filters)["NetworkAcls"]
    entries = {
        acl["NetworkAclId"]: [entry for entry in acl["Entries"] if not entry["Egress"]]
        for acl in sorted(acls, key=lambda acl: str(acl["NetworkAclId"]))
    }
    state: dict[str, Json] = {
        _denied(acl, entry["CidrBlock"]): entry["RuleNumber"]
        for acl, listed in entries.items()
        for entry in listed
        if entry["RuleAction"] == "deny" and entry.get("CidrBlock", "0.0.0.0/0") != "0.0.0.0/0"
    }
    return Observation(state=state, evidence={**evidence, "acls": entries})


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step for each address and place where it is not blocked yet.

    Raises:
        PermanentError: nothing says where to block it, or there is no room anywhere.
    """
    spared = _spared(found, parameters)
    named = [str(each) for each in subject.facts.get("addresses", [])]
    cidrs = [f"{address}/32" for address in named if _blockable(address, spared)]
    listing = "block list" in found.evidence
    steps = [_list_step(cidr, found) for cidr in cidrs if _listed(cidr) not in found.state] if listing else []
    acls = found.evidence.get("acls", {})
    if cidrs and not acls and not listing:
        message = "there is no block list, and the finding names no subnet whose network ACL could block the address"
        raise PermanentError(message)
    denying = [step for acl, entries in acls.items() for step in _acl_steps(acl, entries, cidrs, found)]
    missing = [cidr for acl in acls for cidr in cidrs if _denied(acl, cidr) not in found.state]
    if missing and not denying and not steps:
        message = f"no room for {', '.join(dict.fromkeys(missing))}: {', '.join(acls)} cannot take another deny entry"
        raise PermanentError(message)
    return (*steps, *denying)


def _spared(found: Observation, parameters: Parameters) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    named = parameters.get("never_block")
    listed = [str(each) for each in named] if isinstance(named, list) else []
    return [ipaddress.ip_network(each, strict=False) for each in [*listed, *found.evidence["own"]]]


def _blockable(address: str, spared: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Whether it is somebody else's single address on the internet (documentation ranges count as such)."""
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    inward = (
        any(found in network for network in _PRIVATE) or found.is_loopback or found.is_link_local or found.is_multicast
    )
    return not inward and not any(found in network for network in spared)


def _listed(cidr: str) -> str:
    return f"firewall block of {cidr}"


def _denied(acl: str, cidr: str) -> str:
    return f"deny {cidr} in {acl}"


def _list_step(cidr: str, found: Observation) -> Step:
    named: dict[str, Any] = {"Name": _BLOCK_LIST, "Scope": "REGIONAL", "Id": found.evidence["block list"]}

    def update(way: str) -> tuple[Call, ...]:
        addresses, token = live(f"{way} {cidr}"), live("lock token")
        return (call("wafv2", "update_ip_set", Addresses=addresses, LockToken=token, **named),)

    return Step(
        target=_listed(cidr),
        summary=f"Put {cidr} on the firewall's block list",
        before=None,
        after="blocked",
        apply=update("with"),
        undo=update("without"),
    )


def _acl_steps(acl: str, entries: list[dict[str, Any]], cidrs: list[str], found: Observation) -> list[Step]:
    """Deny entries in front of all that allow, as far as there is room."""
    taken = {int(entry["RuleNumber"]) for entry in entries}
    allowing = [int(entry["RuleNumber"]) for entry in entries if entry["RuleAction"] == "allow"]
    free = [number for number in range(min(allowing, default=100) - 1, _FIRST_ENTRY - 1, -1) if number not in taken]
    room = max(0, _LARGEST_ACL - len(entries))
    wanted = [cidr for cidr in cidrs if _denied(acl, cidr) not in found.state]
    return [_acl_step(acl, cidr, number) for cidr, number in zip(wanted[:room], free, strict=False)]


def _acl_step(acl: str, cidr: str, number: int) -> Step:
    entry: dict[str, Any] = {"NetworkAclId": acl, "RuleNumber": number, "Egress": False}
    deny = {"Protocol": "-1", "RuleAction": "deny", "CidrBlock": cidr}
    return Step(
        target=_denied(acl, cidr),
        summary=f"Deny {cidr} in network ACL {acl}, entry {number}",
        before=None,
        after=number,
        apply=(call("ec2", "create_network_acl_entry", **entry, **deny),),
        undo=(call("ec2", "delete_network_acl_entry", **entry),),
    )


def lasts(parameters: Parameters) -> timedelta:
    """How long an address stays blocked: `hours` of the policy, a day unless it says otherwise."""
    hours = parameters.get("hours", _HOURS)
    return timedelta(hours=hours if isinstance(hours, int) and hours > 0 else _HOURS)


PLAYBOOK = Playbook(
    name="block-source-ip",
    family=Family.NETWORK,
    summary="Blocks an attacking address for a time, at the firewall and in the network ACLs of the attacked subnets.",
    problem="{id} is under attack",
    risk="Whoever shares the address, as behind a provider's gateway, is blocked too until the time is over.",
    rights=(
        "ec2:CreateNetworkAclEntry",
        "ec2:DeleteNetworkAclEntry",
        "ec2:DescribeAddresses",
        "ec2:DescribeNetworkAcls",
        "wafv2:GetIPSet",
        "wafv2:ListIPSets",
        "wafv2:UpdateIPSet",
    ),
    acts_on=("guardduty/ec2-ssh-brute-force-target.json", "guardduty/ec2-port-probe.json"),
    leaves=("guardduty/ec2-port-probe-private.json",),
    observe=observe,
    plan=plan,
    lasts=lasts,
)
