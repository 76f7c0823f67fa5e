"""Write parsed parameters and answers the way CloudTrail does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
"""What CloudTrail shows in place of a secret."""

SECRET_NAMES = frozenset(
    {
        "authtoken",
        "clientsecret",
        "masteruserpassword",
        "newpassword",
        "oldpassword",
        "password",
        "privatekey",
        "secretaccesskey",
        "secretbinary",
        "secretstring",
        "sessiontoken",
        "servicepassword",
        "tokenvalue",
        "userdata",
    }
)
"""Members that are secret although their model does not say so, in lower case."""

OMITTED = object()
"""Stands for a value that CloudTrail leaves out: the bytes of an upload."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one family of services is written: names of members, form of lists, form of moments."""

    name: Callable[[str, Shape], str]
    wraps_lists: bool
    moment: Callable[[datetime], object]


def lower_first(name: str) -> str:
    """Return `name` with its first letter in lower case: `DBInstanceIdentifier` becomes `dBInstanceIdentifier`."""
    return name[:1].lower() + name[1:]


def render(shape: Shape, value: Any, style: Style) -> Any:
    """Return `value`, which has the form of `shape`, as JSON in the given style, without secrets and blobs."""
    if shape.metadata.get("sensitive"):
        return HIDDEN
    match shape:
        case StructureShape():
            return _render_structure(shape, value, style)
        case ListShape():
            return _render_list(shape, value, style)
        case MapShape():
            return {str(key): render(shape.value, item, style) for key, item in value.items()}
        case _ if shape.type_name == "blob":
            return OMITTED
        case _:
            return style.moment(value) if isinstance(value, datetime) else value


def _render_structure(shape: StructureShape, value: dict[str, Any], style: Style) -> dict[str, Any]:
    if shape.is_document_type:
        return value
    rendered: dict[str, Any] = {}
    for member, member_shape in shape.members.items():
        if member not in value or value[member] is None:
            continue
        if member.lower() in SECRET_NAMES:
            rendered[style.name(member, member_shape)] = HIDDEN
            continue
        written = render(member_shape, value[member], style)
        if written is not OMITTED:
            rendered[style.name(member, member_shape)] = written
    return rendered


def _render_list(shape: ListShape, value: list[Any], style: Style) -> Any:
    items = [render(shape.member, item, style) for item in value if item is not None]
    if not style.wraps_lists:
        return items
    return {"items": items} if items else {}


def _plain_name(member: str, _shape: Shape) -> str:
    return lower_first(member)


def _spoken_moment(moment: datetime) -> str:
    """Return a moment as CloudTrail writes it for most services: `Nov 22, 2026, 5:09:18 PM`."""
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S %p}"


def _ec2_name(member: str, shape: Shape) -> str:
    """Return a member's name in EC2's XML; `return` is a reserved word and gets an underscore in CloudTrail."""
    name = lower_first(shape.serialization.get("name", member))
    return "_return" if name == "return" else name


def _milliseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)


PLAIN = Style(_plain_name, wraps_lists=False, moment=_spoken_moment)
"""All services but EC2."""

EC2 = Style(_ec2_name, wraps_lists=True, moment=_milliseconds)
"""EC2: names from its XML, lists as {"items": […]} and an empty list as {}."""
