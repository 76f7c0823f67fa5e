"""Whether a request is Slack's own."""

import pytest
from app.slack.signature import WINDOW, is_genuine, sign

SECRET, BODY, NOW = "8f742231b10e8888abcd99yyyzzz85a5", b"payload=%7B%7D", 1_800_000_000


def test_what_slack_signed_is_genuine() -> None:
    """Over the body as it came, and the moment."""
    assert is_genuine(SECRET, str(NOW), sign(SECRET, str(NOW), BODY), BODY, NOW)


@pytest.mark.parametrize("age", [-WINDOW - 1, WINDOW + 1, 10**9])
def test_what_is_old_or_of_tomorrow_is_not(age: int) -> None:
    """Somebody may have recorded it."""
    stamp = str(NOW - age)

    assert not is_genuine(SECRET, stamp, sign(SECRET, stamp, BODY), BODY, NOW)


@pytest.mark.parametrize(
    ("secret", "stamp", "signature", "body"),
    [
        (SECRET, str(NOW), sign("other", str(NOW), BODY), BODY),
        (SECRET, str(NOW), sign(SECRET, str(NOW), BODY), BODY + b"x"),
        (SECRET, str(NOW), sign(SECRET, str(NOW - 1), BODY), BODY),
        (SECRET, str(NOW), "", BODY),
        (SECRET, str(NOW), "v0=é", BODY),
        (SECRET, "", sign(SECRET, "", BODY), BODY),
        (SECRET, "now", sign(SECRET, "now", BODY), BODY),
        (SECRET, "١٨٠٠٠٠٠٠٠٠", sign(SECRET, "١٨٠٠٠٠٠٠٠٠", BODY), BODY),
        ("", str(NOW), sign("", str(NOW), BODY), BODY),
    ],
)
def test_what_is_forged_is_not(secret: str, stamp: str, signature: str, body: bytes) -> None:
    """Another secret, another body, another moment, or no secret at all."""
    assert not is_genuine(secret, stamp, signature, body, NOW)
