"""The table, the JSON, and whether the targets are met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.contenders import OURS, PEER

TARGETS: Final = {"cold": 10.0, "process": 300.0}
"""The most CPU milliseconds that ours may take: to decide with nothing worked out, and to import the handler."""

MEASURES: Final = {
    "cold": "decided, cold",
    "prebuilt": "decided, prebuilt",
    "process": "handler imported",
    "import": "without the interpreter",
}


@dataclass(frozen=True)
class Figures:
    """What was seen of one contender: CPU milliseconds of each run by measure, and how much it found to do."""

    runs: Mapping[str, Sequence[float]]
    found: int

    @classmethod
    def of(cls, turns: Sequence[Mapping[str, Any]], imports: Sequence[Mapping[str, Any]]) -> "Figures":
        """From the answers of all turns, and those of all imports."""
        runs = {key: [each[key] for each in turns] for key in ("cold", "prebuilt")}
        return cls(runs | {key: [each[key] for each in imports] for key in ("process", "import")}, turns[-1]["found"])


def ratios(figures: Mapping[str, Figures]) -> dict[str, float]:
    """Ours as a part of theirs, by measure; of medians."""
    return {key: median(figures[OURS].runs[key]) / median(figures[PEER].runs[key]) for key in MEASURES}


def missed(figures: Mapping[str, Figures]) -> list[str]:
    """The targets that were not met."""
    return [key for key, most in TARGETS.items() if median(figures[OURS].runs[key]) > most]


def document(figures: Mapping[str, Figures]) -> dict[str, Any]:
    """Everything that was seen, for machines."""
    return {
        "contenders": {
            name: {"found": seen.found} | {f"{key}_ms": [round(ms, 2) for ms in seen.runs[key]] for key in MEASURES}
            for name, seen in figures.items()
        },
        "ratios": {key: round(ratio, 4) for key, ratio in ratios(figures).items()},
        "targets_ms": TARGETS,
        "missed": missed(figures),
    }


def show(figures: Mapping[str, Figures], console: Console) -> None:
    """Print the table: one row for each measure, then what was found."""
    table = Table(title="10,000 workloads on 36 schedules; CPU ms, least / median", title_justify="left")
    table.add_column("")
    for heading in (OURS, PEER, "ratio", "target"):
        table.add_column(heading, justify="right")
    late, found = missed(figures), ratios(figures)
    for key, words in MEASURES.items():
        cells = [_cell(figures[name].runs[key]) for name in (OURS, PEER)]
        target = f"{TARGETS[key]:g} {'✗' if key in late else '✓'}" if key in TARGETS else ""
        table.add_row(words, *cells, f"{found[key]:.3f}", target)
    table.add_section()
    table.add_row("to do", *(str(figures[name].found) for name in (OURS, PEER)), "", "")
    console.print(table)


def _cell(runs: Sequence[float]) -> str:
    return f"{min(runs):.1f} / {median(runs):.1f}"
