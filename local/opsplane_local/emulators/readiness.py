"""Ask a process of the embedded AWS whether it is up."""

import http.client
import json
from urllib.parse import urlsplit

HEALTH_PATH = "/_opsplane/health"
"""Answered by the gateway and by both emulators with `{"status": "ok", "pid": ...}`."""

PROBE_SECONDS = 2.0


def ready(url: str, pid: int | None = None) -> bool:
    """Return whether the process at the base address `url` answers its health probe with 200.

    With `pid`, the answer must also come from that very process: another program on the same port
    may well answer 200, and its data would be written to.
    """
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", HEALTH_PATH)
        response = connection.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            return False
        return pid is None or json.loads(body).get("pid") == pid
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
