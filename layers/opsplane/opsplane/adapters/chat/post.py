"""One HTTP POST to a receiver of notices, with its answer as our errors.

An address may itself be the secret (a Slack webhook is), so no message here contains one, and the exceptions of
`requests`, which do, are not chained.
"""

from typing import Any

import requests

from opsplane.errors import DeliveryFailed, PermanentError
from opsplane.model import tame

TIMEOUT = (3.05, 8.0)
"""Seconds to connect and to wait for an answer."""

_TOO_MANY, _SERVER_FAULT, _FIRST_REFUSAL = 429, 500, 300
_STALE_ADDRESS = frozenset({401, 403, 404})


class StaleAddress(PermanentError):
    """The receiver does not know the address, which may have been changed since it was read."""


def post(session: requests.Session, url: str, body: dict[str, Any], receiver: str) -> None:
    """Send JSON and return when it was taken.

    Raises:
        DeliveryFailed: asked to come back later, a fault of the server, or no answer.
        StaleAddress: the address is not known (any more). PermanentError: refused for any other reason.
    """
    try:
        answer = _ask(session, url, body)
    except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema):
        message = f"the address of {receiver} is not an http(s) URL"
        raise StaleAddress(message) from None
    except requests.RequestException as error:
        message = f"{receiver} cannot be reached: {type(error).__name__}"
        raise DeliveryFailed(message) from None
    status = answer.status_code
    message = f"{receiver} answered {status}: {tame(answer.text[:300], 200)}"
    if status == _TOO_MANY:
        raise DeliveryFailed(message, _seconds(answer.headers.get("Retry-After")))
    if status >= _SERVER_FAULT:
        raise DeliveryFailed(message)
    if status in _STALE_ADDRESS:
        raise StaleAddress(message)
    if status >= _FIRST_REFUSAL:
        raise PermanentError(message)


def _ask(session: requests.Session, url: str, body: dict[str, Any]) -> requests.Response:
    """One try, and a second one on a new connection when the first was closed without an answer.

    A connection that was kept open may have died while the function was frozen between two invocations.
    """
    try:
        return session.post(url, json=body, timeout=TIMEOUT, allow_redirects=False)
    except requests.Timeout:
        raise
    except requests.ConnectionError:
        session.close()
        return session.post(url, json=body, timeout=TIMEOUT, allow_redirects=False)


def _seconds(header: str | None) -> float | None:
    """`Retry-After` in seconds; Slack and PagerDuty do not send dates."""
    try:
        return max(float(header), 0.0) if header else None
    except ValueError:
        return None
