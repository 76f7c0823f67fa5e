"""Metric filter patterns of CloudWatch Logs, as far as the base uses them."""

import json
import re
from collections.abc import Mapping
from typing import Any

FIRST_WORD = re.compile(r'\[\w+ = "(.*)", \.\.\.\]')
COMPARISON = re.compile(r'\((\$\.[\w.]+) (?:(=|!=) (?:"([^"]*)"|(\*))|(NOT EXISTS|IS TRUE|IS FALSE))\)')


def matches(pattern: str, line: str) -> bool:
    """Tell whether CloudWatch Logs would count a line: by its first word, or by fields where it is a JSON object."""
    if first_word := FIRST_WORD.fullmatch(pattern):
        return line.split(maxsplit=1)[0] == first_word[1]
    try:
        record = json.loads(line)
    except ValueError:
        return False
    truth = COMPARISON.sub(lambda found: f" {_holds(found, record)} ", pattern.strip("{} "))
    words = truth.replace("&&", " and ").replace("||", " or ")
    assert set(re.findall(r"[^\s()]+", words)) <= {"True", "False", "and", "or"}, words
    return bool(eval(words))  # noqa: S307  nothing but these four words and parentheses


def _holds(comparison: re.Match[str], record: Mapping[str, Any]) -> bool:
    """Tell whether a comparison holds; with what is not there, none does."""
    selector, operator, wanted, anything, state = comparison.groups()
    found: Any = record
    for key in selector.removeprefix("$.").split("."):
        found = found.get(key) if isinstance(found, dict) else None
    match state or operator:
        case "NOT EXISTS":
            return found is None
        case "IS TRUE" | "IS FALSE":
            return found is (state == "IS TRUE")
        case _ if anything:
            return (found is not None) is (operator == "=")
        case "=":
            return isinstance(found, str) and _like(found, wanted)
        case _:
            return isinstance(found, str) and not _like(found, wanted)


def _like(text: str, wanted: str) -> bool:
    """Tell whether a text is what is wanted, in which a star stands for anything."""
    return re.fullmatch(".*".join(re.escape(part) for part in wanted.split("*")), text, re.DOTALL) is not None
