"""Before and after of a step as lines that a person can read."""

import difflib
import re
from typing import NamedTuple

import yaml
from opsplane.model import Json

_CONTEXT = 3
_ABSENT = "absent"
# difflib heads each run of lines with where it begins; one that begins at the top leaves nothing out before it.
_GAP = re.compile(r"@@ -\d+")
_START = re.compile(r"@@ -[01](,| )")
# Characters that show nothing or turn the direction of text could make a line read as something else.
_INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Line(NamedTuple):
    """One line; `sign` is `-` for what was, `+` for what will be, a space for what stays, `…` for a gap."""

    sign: str
    text: str


def difference(before: Json, after: Json) -> tuple[Line, ...]:
    """The lines that differ, with a few around them that stay; none when both mean the same."""
    lines = difflib.unified_diff(_lines(before), _lines(after), n=_CONTEXT, lineterm="")
    # The first two lines are a header with file names.
    return tuple(
        Line("…", "") if _GAP.match(line) else Line(line[0], line[1:])
        for line in list(lines)[2:]
        if not _START.match(line)
    )


def _lines(value: Json) -> list[str]:
    if value is None:
        return [_ABSENT]
    text = yaml.safe_dump(value, sort_keys=True, allow_unicode=True, default_flow_style=False, width=10_000)
    visible = _INVISIBLE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return visible.removesuffix("...\n").rstrip("\n").split("\n")
