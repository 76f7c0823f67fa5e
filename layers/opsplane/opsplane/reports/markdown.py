"""A report as Markdown, for people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from opsplane.reports.posture import OpenItem, Posture, Speed
from opsplane.reports.saved import Saved

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def escape(text: str) -> str:
    """Text from outside that Markdown shows as it is: no link, image, HTML or table cell can come out of it."""
    return _SPECIAL.sub(r"\\\1", text)


def render(posture: Posture) -> str:
    """The whole report."""
    span = posture.window
    oldest = [_line(item) for item in posture.oldest_open] or ["None."]
    parts = [
        f"# Posture, {span.kind} report {span.name}",
        f"From {span.start:%Y-%m-%d %H:%M} to {span.end:%Y-%m-%d %H:%M} UTC.",
        _totals(posture),
        _table("Items by severity", posture.items_by_severity),
        _table("Items by state", posture.items_by_state),
        _table("Actions by outcome", posture.actions_by_state),
        _section("From signal to verified fix", *_speeds(posture)),
        _section("Oldest open items", *oldest),
    ]
    if posture.saved:
        parts.append(_section("Saved by sleep", *_saved(posture.saved)))
    if not posture.complete:
        parts.append("*The ledger holds more items or actions than were read; counts are of those changed last.*")
    return "\n\n".join(parts) + "\n"


def _totals(posture: Posture) -> str:
    heard = f"{posture.signals} signals, {posture.items_opened} new items, {posture.notices} notices told"
    return f"{heard}, {posture.commands} commands by people. **{posture.open_now} items are open now.**"


def _saved(saved: Sequence[Saved]) -> Iterator[str]:
    for each in saved:
        ran = f"; ${each.ran_usd:,.2f} ran although it should have slept" if each.ran_usd else ""
        yield f"**{escape(each.environment)}: ${each.usd:,.2f}**, {each.hours:g} hours asleep{ran}"
        yield ""
        yield from (f"- {escape(line)}" for line in each.lines)
        yield ""
    yield f"Baseline: {escape(saved[0].baseline)}. Prices: {escape(saved[0].prices)}."


def _section(title: str, *lines: str) -> str:
    return "\n".join((f"## {title}", "", *lines))


def _speeds(posture: Posture) -> tuple[str, str]:
    return (f"- alone: {_speed(posture.alone)}", f"- after a person agreed: {_speed(posture.agreed)}")


def _table[K: StrEnum](title: str, counts: Mapping[K, int]) -> str:
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    return _section(title, "| | count |", "|---|---:|", *(rows or ["| none | 0 |"]))


def _speed(speed: Speed) -> str:
    if speed.mean_seconds is None or speed.slowest_seconds is None:
        return "no fixes"
    return f"{speed.fixes} fixes, {speed.mean_seconds:.1f} s on average, {speed.slowest_seconds:.1f} s at most"


def _line(item: OpenItem) -> str:
    return f"- `{item.id}` {item.severity}, {item.state} for {item.days} days: {escape(item.title)}"
