"""Reads the variables and outputs of a module from its files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULES = Path(__file__).parents[2] / "base-infra/modules"


@dataclass(frozen=True)
class Variable:
    """What a module says of one of its inputs."""

    name: str
    type: str
    default: str | None
    """The text after `default =`; None if the input must be given."""
    description: str
    validations: int


def modules() -> list[str]:
    """Return the names of all modules."""
    return sorted(path.parent.name for path in MODULES.glob("*/versions.tf"))


def variables(module: str) -> dict[str, Variable]:
    """Return a module's inputs by name."""
    return {name: _variable(name, body) for name, body in _blocks(module, "variable")}


def outputs(module: str) -> dict[str, str]:
    """Return the descriptions of a module's outputs by name."""
    return {name: _attribute(body, "description") or "" for name, body in _blocks(module, "output")}


def _variable(name: str, body: str) -> Variable:
    return Variable(
        name,
        re.sub(r"\s+", " ", _attribute(body, "type") or ""),
        _attribute(body, "default"),
        _attribute(body, "description") or "",
        len(re.findall(r"^  validation \{$", body, re.MULTILINE)),
    )


def _blocks(module: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks of a kind with what is between their braces; terraform fmt puts the last at the line's start."""
    for path in sorted((MODULES / module).glob("*.tf")):
        pattern = rf'^{kind} "(?P<name>\w+)" \{{\n(?P<body>.*?)^\}}$'
        for match in re.finditer(pattern, path.read_text(), re.MULTILINE | re.DOTALL):
            yield match["name"], match["body"]


def _attribute(body: str, name: str) -> str | None:
    """Return what an attribute of the block is set to, over several lines if it opens a bracket."""
    match = re.search(rf"^  {name}\s*= (?P<value>.*)$", body, re.MULTILINE)
    if not match:
        return None
    value: str = match["value"]
    if value.endswith(("(", "{", "[", "({")):
        closing = re.search(rf"^  {name}\s*= .*?^  [\])}}]+$", body, re.MULTILINE | re.DOTALL)
        value = closing[0].partition("= ")[2] if closing else value
    return value.strip().strip('"') if value.startswith('"') else value.strip()
