"""Run the gateway: `python -m opsplane_local.gateway --port 4566 --ministack http://… --moto http://…`."""

import argparse
import logging
import os
import sys
from pathlib import Path

import uvicorn

from opsplane_local.gateway.app import Gateway, build_app
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.routing import Emulator
from opsplane_local.gateway.settings import GatewaySettings
from opsplane_local.gateway.trail.recorder import Recorder

KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 3


def main() -> None:
    """Read the command line and serve on the loopback interface until SIGTERM or SIGINT."""
    settings = parse(sys.argv[1:])
    level = os.environ.get("LOG_LEVEL", "INFO").upper()
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # One line per forwarded request is the emulators' business.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    ministack = Forwarder(settings.ministack)
    forwarders = {Emulator.MINISTACK: ministack, Emulator.MOTO: Forwarder(settings.moto)}
    recorder = Recorder(ministack, settings.account_id, settings.region)
    uvicorn.run(
        build_app(Gateway(forwarders, recorder, settings.logs)),
        host="127.0.0.1",
        port=settings.port,
        log_config=None,
        access_log=False,
        # The emulators' own headers go through; uvicorn must not add a second set.
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def parse(arguments: list[str]) -> GatewaySettings:
    """Return the settings that the command line gives; exits with a usage message when it is wrong."""
    parser = argparse.ArgumentParser(prog="opsplane_local.gateway", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ministack", required=True, help="base address of ministack")
    parser.add_argument("--moto", required=True, help="base address of moto")
    parser.add_argument("--account", default="000000000000")
    parser.add_argument("--region", default="us-east-1")
    parser.add_argument("--logs", type=Path, required=True, help="folder that the launcher writes logs to")
    found = parser.parse_args(arguments)
    return GatewaySettings(found.port, found.ministack, found.moto, found.account, found.region, found.logs)


if __name__ == "__main__":
    main()
