"""Whether a request is Slack's own: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

import hashlib
import hmac

WINDOW = 300
"""Seconds for which a request is believed; an older one may have been recorded and sent again."""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature that Slack puts into `X-Slack-Signature`, over the body as it came."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def is_genuine(secret: str, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Whether a request carries the signature of a secret and a timestamp (seconds) of the last five minutes."""
    if not secret or not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > WINDOW:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body).encode(), signature.encode(errors="replace"))
