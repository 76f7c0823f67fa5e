"""Run ministack with our gaps filled, in ministack's own environment.

Started by file path, because that environment holds ministack and the packages that the Lambdas see, and nothing of
ours. Stops on SIGTERM or SIGINT: writes all state, then the receipt that says so.
"""

import asyncio
import logging
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

# By file path the script's folder leads the search path; the package's parent has to, and nothing else of ours.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from opsplane_local.emulators import ministack_gaps, scratch  # noqa: E402 - needs the path above
from opsplane_local.emulators.ministack_gaps.side_door import SideDoor  # noqa: E402 - needs the path above
from opsplane_local.emulators.state import withdraw_receipt, write_receipt  # noqa: E402 - needs the path above

KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 2
"""How long a stop waits for requests in flight before it writes the state without them."""


CLEAR_SECONDS = 5
"""How long a stop may delete unpacked functions: whoever waits for it kills after 20 seconds."""


class FailedSaves(logging.Handler):
    """Remembers whether ministack reported a service whose state it could not write."""

    def __init__(self) -> None:
        """Listen for errors only."""
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of one error."""
        self.messages.append(record.getMessage())


def main() -> None:
    """Serve until told to stop, then leave a receipt for the state when all of it was written."""
    state, unpacked = Path(os.environ["STATE_DIR"]).parent, Path(os.environ["TMPDIR"])
    scratch.prepare(unpacked)
    withdraw_receipt(state)
    failures = FailedSaves()
    logging.getLogger("persistence").addHandler(failures)
    ministack_gaps.install()
    asyncio.run(serve(int(os.environ["OPSPLANE_EMULATOR_PORT"])))
    # The receipt first: a stop that is cut short while it tidies up must not cost the state.
    if not failures.messages:
        write_receipt(state, "ministack")
    scratch.clear(unpacked, CLEAR_SECONDS)
    if failures.messages:
        sys.exit(f"ministack could not write its state and will start empty: {'; '.join(failures.messages)}")


async def serve(port: int) -> None:
    """Answer on the loopback `port` until SIGTERM or SIGINT arrives."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = SideDoor(import_module("ministack.app").app)
    await import_module("hypercorn.asyncio").serve(app, _config(port), shutdown_trigger=stop.wait)


def _config(port: int) -> Any:
    config: Any = import_module("hypercorn.config").Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = KEEP_ALIVE_SECONDS
    config.graceful_timeout = GRACE_SECONDS
    config.loglevel = os.environ.get("LOG_LEVEL", "INFO")
    return config


if __name__ == "__main__":
    main()
