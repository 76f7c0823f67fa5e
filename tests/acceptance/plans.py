"""What Terraform would make, with every value filled in, as the acceptance tests look at it.

A plan does not know what AWS would assign, so an ARN inside a policy leaves the whole policy unknown. The same root is
therefore applied once more against a mock that answers with values named after each resource: what the plan left open
is taken from there, where the code sets it. References show as equal ids.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from typing import Any

ASSIGNED = (
    "id",
    "arn",
    "arn_suffix",
    "address",
    "dns_name",
    "domain_validation_options",
    "key_id",
    "master_user_secret",
    "prefix_list_id",
    "primary_endpoint_address",
    "zone_id",
)
"""What AWS assigns and others refer to: it has a stand-in named after its resource."""

INVENTED = re.compile(r"[a-z0-9]{8}")
"""What the mock makes up for a text that nobody gave: to a test it is as good as absent."""


@dataclass(frozen=True)
class Resource:
    """One planned resource: its address and its values."""

    address: str
    kind: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return a value; one that nobody set is a KeyError, so that a test cannot pass on its absence."""
        return self.values[name]

    def get(self, name: str) -> Any:
        """Return a value or None."""
        return self.values.get(name)

    def block(self, name: str) -> dict[str, Any]:
        """Return the one nested block of a name."""
        found = self.values[name]
        assert len(found) == 1, f"{self.address} has {len(found)} blocks {name}"
        block: dict[str, Any] = found[0]
        return block

    def document(self, name: str) -> dict[str, Any]:
        """Return a value that is the JSON text of an object."""
        document: dict[str, Any] = json.loads(self.values[name])
        return document

    @property
    def key(self) -> str:
        """What for_each or count tells this resource from its siblings by."""
        return self.address.partition("[")[2].rstrip("]").strip('"')

    @property
    def module(self) -> str:
        """The call that holds it, `networking` for `module.networking.aws_vpc.this`; empty in the root."""
        return self.address.split(".")[1].partition("[")[0] if self.address.startswith("module.") else ""


@dataclass(frozen=True)
class Plan:
    """Everything that a root would make."""

    name: str
    planned: Mapping[str, Any]
    applied: Mapping[str, Any]

    @cached_property
    def everything(self) -> list[Resource]:
        """Every managed resource."""
        filled = {each["address"]: each["values"] for each in _resources(self.applied["root_module"])}
        settings = dict(_settings(self.planned["configuration"]["root_module"]))
        changes = {each["address"]: each["change"] for each in self.planned["resource_changes"]}
        return [
            Resource(
                address,
                each["type"].removeprefix("aws_"),
                _merged(changes[address], filled[address], settings[_plain(address)]),
            )
            for each in _resources(self.planned["planned_values"]["root_module"])
            for address in [each["address"]]
        ]

    def resources(self, kind: str, *parts: str) -> list[Resource]:
        """Return the resources of a type, named without `aws_`, whose address holds all of `parts`."""
        return [each for each in self.everything if each.kind == kind and all(part in each.address for part in parts)]

    def some(self, kind: str, *parts: str) -> list[Resource]:
        """Return resources as above, at least one: what a test says of none of them says nothing."""
        found = self.resources(kind, *parts)
        assert found, f"{self.name} has no aws_{kind} {' '.join(parts)}"
        return found

    def one(self, kind: str, *parts: str) -> Resource:
        """Return the one resource of a type whose address holds all of `parts`."""
        found = self.resources(kind, *parts)
        assert len(found) == 1, f"{self.name}: {[each.address for each in found] or 'none'} for aws_{kind} {parts}"
        return found[0]

    def where(self, kind: str, fits: Callable[[Resource], object]) -> list[Resource]:
        """Return the resources of a type that a condition holds for."""
        return [each for each in self.resources(kind) if fits(each)]

    @property
    def outputs(self) -> dict[str, Any]:
        """The root's outputs, stand-ins included."""
        return {name: each.get("value") for name, each in self.applied["outputs"].items()}

    @property
    def variables(self) -> dict[str, Any]:
        """The root's variables as this plan has them."""
        return {name: each.get("value") for name, each in self.planned["variables"].items()}


class Plans:
    """The plans of all roots; a root that cannot be planned fails the tests that ask for it, and no other."""

    def __init__(self, made: Mapping[str, Future[Plan]]) -> None:
        self._made = made

    def __getitem__(self, name: str) -> Plan:
        """Return the plan of an environment or of the account."""
        return self._made[name].result()


def _resources(module: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the managed resources of a module and of its children."""
    yield from ({"values": {}, **each} for each in module.get("resources", []) if each["mode"] == "managed")
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _settings(module: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield for each resource, by its address without keys, the arguments that its code gives."""
    yield from ((path + each["address"], each.get("expressions", {})) for each in module.get("resources", []))
    for name, call in module.get("module_calls", {}).items():
        yield from _settings(call["module"], f"{path}module.{name}.")


def _plain(address: str) -> str:
    """Return an address without the keys of for_each and count, which may hold dots."""
    plain, inside = "", False
    for letter in address:
        inside = (inside or letter == "[") and letter != "]"
        plain += "" if inside or letter == "]" else letter
    return plain


def _merged(change: Mapping[str, Any], filled: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is planned; what that leaves open is taken from the stand-in, where the code sets it.

    Code that makes blocks in a loop is not among the settings: of such a block the plan knows a part, or the stand-in
    has some, while blocks that AWS alone would fill are empty there.
    """
    unknown = {name: whether for name, whether in change["after_unknown"].items() if _any(whether)}
    known = {name: value for name, value in change["after"].items() if name not in unknown}
    wanted = {
        name: filled[name]
        for name, whether in unknown.items()
        if name in settings or name in ASSIGNED or whether is not True or _is_blocks(filled[name])
    }
    return known | {name: value for name, value in wanted.items() if not _is_invented(value)}


def _is_blocks(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _is_invented(value: Any) -> bool:
    return isinstance(value, str) and INVENTED.fullmatch(value) is not None


def _any(unknown: Any) -> bool:
    """Tell whether anything at all is unknown in a value."""
    if isinstance(unknown, dict):
        return any(_any(each) for each in unknown.values())
    if isinstance(unknown, list):
        return any(_any(each) for each in unknown)
    return bool(unknown)
