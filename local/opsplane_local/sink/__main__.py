"""`python -m opsplane_local.sink --port N --messages FILE --service URL`."""

import argparse
import sys
from pathlib import Path

import uvicorn

from opsplane_local.sink.app import create_app


def main(arguments: list[str] | None = None) -> int:
    """Serve the sink on loopback until a signal comes. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m opsplane_local.sink")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--messages", type=Path, required=True, help="JSON Lines file that the messages are kept in")
    parser.add_argument("--service", default="", help="address of the service that hears of pressed buttons")
    options = parser.parse_args(arguments)
    app = create_app(options.messages, options.service, f"http://127.0.0.1:{options.port}")
    # Open browser tabs keep connections alive; they must not hold up the end.
    uvicorn.run(app, host="127.0.0.1", port=options.port, timeout_graceful_shutdown=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
