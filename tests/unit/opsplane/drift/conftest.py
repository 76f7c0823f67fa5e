"""Terraform states and security groups to compare."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from cloud import rule
from opsplane.playbooks.plan import Call


@dataclass
class Groups:
    """Implements `opsplane.playbooks.plan.Api` for security groups: rules and tags by id."""

    rules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    fault: Exception | None = None

    def call(self, call: Call) -> dict[str, Any]:
        """Nothing here may be changed."""
        raise AssertionError(call)

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:  # noqa: ARG002 - as the port
        """Make one reading call."""
        if self.fault:
            raise self.fault
        ids = parameters["Filters"][0]["Values"]
        self.asked.append(len(ids))
        if operation == "describe_security_groups":
            return {"SecurityGroups": [self._group(each) for each in ids if each in self.rules]}
        found = [{"GroupId": each, **one} for each in ids for one in self.rules.get(each, [])]
        return {"SecurityGroupRules": [{"GroupId": ids[0], "IsEgress": True, "IpProtocol": "-1"}, *found]}

    def _group(self, name: str) -> dict[str, Any]:
        pairs = [{"Key": key, "Value": value} for key, value in self.tags.get(name, {}).items()]
        return {"GroupId": name, "Tags": pairs}

    def open(self, name: str, *ports: int, cidr: str = "10.0.0.0/8") -> None:
        """Have a group that lets a network in on some ports."""
        self.rules.setdefault(name, []).extend(rule(port, cidr) for port in ports)


def block(kind: str, name: str, *attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One resource of a state, with an instance for each set of attributes."""
    instances = [{"schema_version": 1, "attributes": each} for each in attributes]
    return {"mode": "managed", "type": kind, "name": name, "provider": "aws", "instances": instances, **more}


def group(name: str = "sg-1", *ingress: dict[str, Any]) -> dict[str, Any]:
    """A security group in a state."""
    return block("aws_security_group", "app", {"id": name, "ingress": list(ingress)})


def separate(name: str = "sg-1", port: int = 443, cidr: str = "10.0.0.0/8") -> dict[str, Any]:
    """A rule in a state that is a resource of its own."""
    values = {"security_group_id": name, "cidr_ipv4": cidr, "ip_protocol": "tcp", "from_port": port, "to_port": port}
    return block("aws_vpc_security_group_ingress_rule", f"rule_{port}", values)


def state_file(*resources: dict[str, Any], **more: Any) -> bytes:
    """A state file."""
    return json.dumps({"version": 4, "serial": 7, "lineage": "l", "resources": resources, **more}).encode()


@dataclass(frozen=True)
class Terraform:
    """What tests make states of."""

    block: Callable[..., dict[str, Any]] = block
    group: Callable[..., dict[str, Any]] = group
    separate: Callable[..., dict[str, Any]] = separate
    file: Callable[..., bytes] = state_file


@pytest.fixture
def terraform() -> Terraform:
    """Makers of states."""
    return Terraform()


@pytest.fixture
def groups() -> Groups:
    """An account without security groups."""
    return Groups()
