"""Run moto as a server whose state survives a clean stop.

Before it listens it replays its journal, so that whoever finds it ready finds all resources. Stops on SIGTERM or
SIGINT and leaves a receipt for its state. What its resources become is told to the event bus of the other emulator.
"""

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from opsplane_local.emulators.moto_journal import Journal
from opsplane_local.emulators.readiness import HEALTH_PATH
from opsplane_local.emulators.state import withdraw_receipt, write_receipt
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.trail.delivery import Delivery
from opsplane_local.moto_events import KINDS
from opsplane_local.moto_events.outbox import Outbox
from opsplane_local.moto_events.watch import Watch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

GAPS = "opsplane_local.moto_gaps"


def main() -> None:
    """Replay, serve until told to stop, then leave a receipt for the journal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="folder of the journal")
    parser.add_argument("--bus", required=True, help="base address of the emulator that has the event bus")
    parser.add_argument("--region", default="us-east-1")
    arguments = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if find_spec(GAPS) is not None:
        import_module(GAPS).install()
    withdraw_receipt(arguments.state)
    app = DomainDispatcherApplication(create_backend_app)
    watch = Watch(app, KINDS, os.environ["MOTO_ACCOUNT_ID"], arguments.region)
    journal = Journal(arguments.state / "journal.jsonl", watch)
    journal.replay()
    outbox = Outbox(Delivery(Forwarder(arguments.bus), arguments.region))
    outbox.start()
    # Not before the replay: what happened then was told when it happened.
    watch.begin(outbox.put)
    _serve(with_health(journal), arguments.port)
    with journal.quiet():
        write_receipt(arguments.state, "moto")


def with_health(app: "WSGIApplication") -> "WSGIApplication":
    """Return `app` with our health probe in front, which answers even while a request is being worked on."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != HEALTH_PATH:
            return app(environ, start_response)
        body = json.dumps({"status": "ok", "pid": os.getpid()}).encode()
        start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(body)))])
        return [body]

    return answer


def _serve(app: "WSGIApplication", port: int) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    server.shutdown()


if __name__ == "__main__":
    main()
