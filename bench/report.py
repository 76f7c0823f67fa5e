"""The table, the JSON, and whether the targets are met."""

import platform
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.contenders import OURS, PEER, RECORDING_PEER, Contender
from bench.measure import Figures

TARGETS: Final = {"cold": 0.7, "warm": 1.0, "memory": 1.0}
"""The most that ours may be, as a part of what the peer needs that neither records nor tells."""

_MEASURES = {"cold": "cold_ms", "warm": "warm_ms", "memory": "peak_mib"}


def ratios(figures: dict[str, Figures], to: str = PEER) -> dict[str, float]:
    """Ours as a part of a peer's."""
    ours, peer = figures[OURS].summary(), figures[to].summary()
    return {name: ours[key] / peer[key] for name, key in _MEASURES.items()}


def missed(figures: dict[str, Figures]) -> list[str]:
    """The targets that were not met."""
    return [name for name, ratio in ratios(figures).items() if ratio > TARGETS[name]]


def document(figures: dict[str, Figures]) -> dict[str, Any]:
    """Everything that was seen, for machines."""
    return {
        "machine": f"{platform.machine()} {platform.system()}, Python {platform.python_version()}",
        "contenders": {
            name: {
                **{key: round(value, 1) for key, value in seen.summary().items()},
                "cold_all_ms": [round(1000 * each, 1) for each in seen.cold],
                "warm_all_ms": [round(1000 * each, 1) for each in seen.warm],
                "calls": [{"name": name, "ms": round(1000 * seconds, 2)} for name, seconds in seen.calls],
            }
            for name, seen in figures.items()
        },
        "ratios": {
            peer: {name: round(ratio, 3) for name, ratio in ratios(figures, peer).items()}
            for peer in (PEER, RECORDING_PEER)
        },
        "targets": TARGETS,
        "missed": missed(figures),
    }


def show(contenders: Sequence[Contender], figures: dict[str, Figures], console: Console) -> None:
    """Print the table: one row for each contender, then the ratios."""
    table = Table(title="AuthorizeSecurityGroupIngress answered; medians", title_justify="left")
    table.add_column("")
    for heading in ("cold ms", "of it import", "warm ms", "peak MiB"):
        table.add_column(heading, justify="right")
    for each in contenders:
        seen = figures[each.name].summary()
        cells = (seen["cold_ms"], seen["import_ms"], seen["warm_ms"], seen["peak_mib"])
        table.add_row(each.name, *(f"{value:.1f}" for value in cells), style=None if each.judged else "dim")
    found, late = ratios(figures), missed(figures)
    table.add_section()
    marks = {name: f"{ratio:.2f} {'✗' if name in late else '✓'}" for name, ratio in found.items()}
    table.add_row(f"{OURS} / {PEER}", marks["cold"], "", marks["warm"], marks["memory"], style="bold")
    table.add_row("target", *(f"{TARGETS[name]:.2f}" if name else "" for name in ("cold", "", "warm", "memory")))
    fair = {name: f"{ratio:.2f}" for name, ratio in ratios(figures, RECORDING_PEER).items()}
    table.add_row(f"{OURS} / {RECORDING_PEER}", fair["cold"], "", fair["warm"], fair["memory"], style="dim")
    console.print(table)


def show_calls(contenders: Sequence[Contender], figures: dict[str, Figures], console: Console) -> None:
    """Print the AWS calls of one warm event, in their order."""
    for each in contenders:
        calls = figures[each.name].calls
        spent = 1000 * sum(seconds for _, seconds in calls)
        console.print(f"\n[bold]{each.name}[/bold]: {len(calls)} calls, {spent:.1f} ms")
        for name, group in groupby(calls, key=lambda call: call[0]):
            times = [1000 * seconds for _, seconds in group]
            console.print(f"  {name:<40} {' + '.join(f'{ms:.1f}' for ms in times)} ms", highlight=False)
