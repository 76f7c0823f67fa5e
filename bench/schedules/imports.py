"""CPU of a fresh process that imports a handler, as Lambda does before the first event."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bench.aws import Account
from bench.build import PYTHON
from bench.contenders import OURS, PEER, Contender, contenders, lambda_environment

_NOWHERE: Final = Account("http://127.0.0.1:1")
"""Nobody is called while a handler is imported."""

_SCRIPT: Final = """
import logging, sys, time
logging.basicConfig()
began = time.process_time()
__import__(sys.argv[1])
ended = time.process_time()
sys.stdout.write(f'{{"process": {1000 * ended}, "import": {1000 * (ended - began)}}}')
"""


def importing(work: Path) -> tuple[Contender, Contender]:
    """Our scheduler and Custodian's own function, from what `bench.build` left in `work`."""
    found = {each.name: each for each in contenders(work, _NOWHERE)}
    settings = {"POWERTOOLS_SERVICE_NAME": "scheduler", "OPSPLANE_SCHEDULE_TIMEZONE": "UTC"}
    ours = found[OURS]
    return (
        replace(ours, task=work / "opsplane" / "scheduler", environment={**ours.environment, **settings}),
        found[PEER],
    )


def import_once(contender: Contender) -> dict[str, Any]:
    """CPU milliseconds of the whole process, interpreter included, and of the import alone."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        # Without `site`, as in the rest of the bench.
        [PYTHON, "-S", "-c", _SCRIPT, contender.handler.rpartition(".")[0]],
        cwd=contender.task,
        env=lambda_environment(contender, _NOWHERE),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
