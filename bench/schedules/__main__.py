"""`python -m bench.schedules`: CPU of 10,000 decisions beside Custodian's; exit code 1 when a target is missed."""

import argparse
import json
import subprocess
import sys
from statistics import median
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bench.build import WORK, build_custodian
from bench.schedules.ours import cpu_ms
from bench.schedules.workloads import offhours_tags

TARGET_MS: Final = 10.0
"""The most CPU that ours may take."""

_SCRIPT: Final = "bench/custodian/offhours.py"


def main() -> int:
    """Run it as the arguments say; the answer is the exit code."""
    parser = argparse.ArgumentParser(prog="bench.schedules", description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="every figure as JSON instead of the table")
    asked = parser.parse_args()
    with Console(stderr=True).status("builds Custodian, then measures"):
        build_custodian(WORK / "custodian")
        found = compare(asked.runs)
    if asked.json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        show(found, Console())
    return int(found["opsplane"]["median_ms"] > TARGET_MS)


def compare(runs: int) -> dict[str, Any]:
    """Both, in turns of all their runs; medians, smallest, and ours as a part of theirs."""
    theirs = _custodian(runs)
    ours, moves = cpu_ms(runs)
    return {
        "opsplane": {"median_ms": median(ours), "min_ms": min(ours), "moves": moves},
        "custodian": {"median_ms": median(theirs["ms"]), "min_ms": min(theirs["ms"]), "moves": theirs["matched"]},
        "ratio": median(ours) / median(theirs["ms"]),
    }


def show(found: dict[str, Any], console: Console) -> None:
    """The table."""
    table = Table(box=None, pad_edge=False, title="10,000 workloads on 36 schedules", title_justify="left")
    table.add_column("")
    for name in ("CPU ms, median", "CPU ms, least", "to stop or to start"):
        table.add_column(name, justify="right")
    for name in ("opsplane", "custodian"):
        row = found[name]
        table.add_row(name, f"{row['median_ms']:.1f}", f"{row['min_ms']:.1f}", str(row["moves"]))
    console.print(table)
    verdict = "met" if found["opsplane"]["median_ms"] <= TARGET_MS else "MISSED"
    console.print(f"ours is {found['ratio']:.3f} of theirs; target of {TARGET_MS:g} ms: {verdict}")


def _custodian(runs: int) -> dict[str, Any]:
    python = str(WORK / "custodian" / "environment" / "bin" / "python")
    done = subprocess.run(  # noqa: S603 - our own script
        [python, _SCRIPT, str(runs)], input=json.dumps(offhours_tags()), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    sys.exit(main())
