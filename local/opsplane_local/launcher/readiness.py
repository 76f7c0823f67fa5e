"""Asking a part whether it is up."""

import http.client

PROBE_SECONDS = 2.0


def answers(port: int, path: str) -> bool:
    """Whether a GET of the path at 127.0.0.1 is answered with 200; no proxy is asked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
