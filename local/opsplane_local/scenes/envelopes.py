"""Walks over event documents: find and change text wherever it stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

type Event = dict[str, Any]

LOCAL_ACCOUNT: Final = "000000000000"
"""The account of the emulated AWS and of each sample; no real account has this number."""

LOCAL_REGION: Final = "us-east-1"


def texts(value: object) -> Iterator[str]:
    """Yield each string value inside `value`, at any depth; keys are not values."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case _:
            pass


def rewrite(event: Event, change: Callable[[str], str]) -> Event:
    """Return a copy of `event` with `change` applied to each string value, at any depth."""
    return {key: _rewritten(value, change) for key, value in event.items()}


def substitute(event: Event, replacements: Mapping[str, str]) -> Event:
    """Return a copy of `event` in which each key of `replacements` is its value, wherever it occurs in a text.

    An id thus changes in ARNs, titles and nested JSON documents too. All are replaced in one pass: what one
    replacement brings in is not replaced again.
    """
    if not replacements:
        return rewrite(event, str)
    longest_first = sorted(replacements, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(old) for old in longest_first))
    return rewrite(event, lambda text: pattern.sub(lambda found: replacements[found.group()], text))


def _rewritten(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case dict():
            return {key: _rewritten(inner, change) for key, inner in value.items()}
        case list():
            return [_rewritten(inner, change) for inner in value]
        case _:
            return value
