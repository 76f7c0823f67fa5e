"""Secrets are taken out of text before people see it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opsplane.notices.secrets import LIMIT, MASK, mask, names_a_secret


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("password=hunter2", "hunter2"),
        ("Password: 'hunter 2'", "hunter 2"),
        ('{"apiKey": "abc def"}', "abc def"),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "wJalr"),
        ("key AKIAIOSFODNN7EXAMPLE", "DNN7EXAMPLE"),
        ("Authorization: Bearer abcdefghijkl.mnop", "abcdefghijkl"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
        ("postgres://app:s3cret@db:5432/app", "s3cret"),
        ("see https://hooks.slack.com/services/T0/B0/XYZ", "XYZ"),
        ("xoxb-123456789012-abcdef", "abcdef"),
        ("ghp_0123456789012345678901234567890123456", "0123456789"),
        ("GET /o?X-Amz-Signature=abcdef0123", "abcdef0123"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- after", "MIIE"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE cut off", "MIIE"),
    ],
)
def test_a_secret_is_masked(text: str, hidden: str) -> None:
    """What looks like a secret does not come through, and the reader sees that something was there."""
    masked = mask(text)

    assert hidden not in masked
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "CPU > 80 % for 5 minutes on i-0123456789abcdef0",
        "arn:aws:secretsmanager:us-east-1:000000000000:secret:opsplane/dev/notifications",
        "https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2",
        "Threshold Crossed: 1 out of the last 1 datapoints [37.0 (20/11/26 11:04:00)]",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """A mask that eats messages would hide the trouble."""
    assert mask(text) == text


@pytest.mark.parametrize("name", ["DB_PASSWORD", "apiKey", "SecretString", "authorization", "tokens", "private_key"])
def test_fields_that_hold_secrets_are_known_by_name(name: str) -> None:
    """The value of such a field is not shown at all."""
    assert names_a_secret(name)


@pytest.mark.parametrize("name", ["keyboard", "TokenCount", "message", "SecretArn"])
def test_other_fields_are_shown(name: str) -> None:
    """A name that only mentions a secret is not one."""
    assert not names_a_secret(name)


@pytest.mark.parametrize(
    "part", ["a", "eyJ-", "://a:", "token ", "-----BEGIN PRIVATE KEY-----", "bearer ", "a://b:", "password='"]
)
def test_hostile_text_takes_no_longer_than_any_other(part: str) -> None:
    """300 KB made of the beginnings of secrets are masked within a second."""
    started = time.process_time()

    mask(part * (300_000 // len(part)))

    assert time.process_time() - started < 1


@given(st.text(max_size=300))
def test_masking_never_fails_and_never_grows_without_bound(text: str) -> None:
    """Whatever comes in, something that can be shown comes out."""
    assert len(mask(text)) <= max(len(text), 1) * (len(MASK) + 1)
    assert len(mask(text * 1000)) <= LIMIT * (len(MASK) + 1)
