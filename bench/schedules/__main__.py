"""`python -m bench.schedules`: CPU of 10,000 decisions beside Custodian's; exit code 1 when a target is missed."""

import argparse
import json
import sys

from rich.console import Console

from bench.build import WORK, build
from bench.contenders import OURS, PEER
from bench.schedules.imports import import_once, importing
from bench.schedules.ours import Ours
from bench.schedules.peer import Custodian, custodian
from bench.schedules.report import Figures, document, missed, show


def main() -> int:
    """Run it as the arguments say; the answer is the exit code."""
    parser = argparse.ArgumentParser(prog="bench.schedules", description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="every figure as JSON instead of the table")
    asked = parser.parse_args()
    with Console(stderr=True).status("builds, then measures"):
        build()
        figures = compare(asked.runs)
    if asked.json:
        sys.stdout.write(json.dumps(document(figures), indent=2) + "\n")
    else:
        show(figures, Console())
    return int(bool(missed(figures)))


def compare(runs: int) -> dict[str, Figures]:
    """Both in turn, run by run, so that the machine's noise hits both alike."""
    handlers = dict(zip((OURS, PEER), importing(WORK), strict=True))
    imports = {name: [import_once(handler)] for name, handler in handlers.items()}
    with custodian(WORK / "custodian") as peer:
        contenders: dict[str, Ours | Custodian] = {OURS: Ours(), PEER: peer}
        turns = [{name: each.turn() for name, each in contenders.items()} for _ in range(runs)]
    for _ in range(runs):
        for name, handler in handlers.items():
            imports[name].append(import_once(handler))
    # The first import of each filled the disk's cache.
    return {name: Figures.of([turn[name] for turn in turns], imports[name][1:]) for name in handlers}


if __name__ == "__main__":
    sys.exit(main())
