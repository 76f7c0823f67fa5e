"""`python -m bench`: build, measure, compare; exit code 1 when a target is missed."""

import argparse
import json
import sys

from rich.console import Console

from bench.aws import emulated
from bench.build import build
from bench.contenders import contenders
from bench.measure import count_calls, measure
from bench.report import document, missed, show, show_calls


def main() -> int:
    """Run it as the arguments say; the answer is the exit code."""
    asked = _arguments()
    progress = Console(stderr=True)
    with progress.status("builds") as status, emulated() as account:
        runners = contenders(build(), account)
        figures = measure(runners, account, (asked.cold, asked.warm), status.update)
        if asked.calls:
            status.update("counts calls")
            count_calls(runners, account, figures)
    if asked.json:
        sys.stdout.write(json.dumps(document(figures), indent=2) + "\n")
    else:
        show(runners, figures, Console())
        if asked.calls:
            show_calls(runners, figures, Console())
    return int(bool(missed(figures)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--cold", type=int, default=9, help="cold starts of each contender (default: %(default)s)")
    parser.add_argument("--warm", type=int, default=50, help="warm events of each contender (default: %(default)s)")
    parser.add_argument("--calls", action="store_true", help="also show the AWS calls of one warm event")
    parser.add_argument("--json", action="store_true", help="every figure as JSON instead of the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
