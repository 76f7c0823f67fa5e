"""Who goes into the record."""

from typing import Any

from app.person import person_of
from fastapi import Request


def _request(header: str = "", event: Any = None) -> Request:
    headers = [(b"x-opsplane-user", header.encode("latin-1"))] if header else []
    return Request({"type": "http", "headers": headers, "aws.event": event})


def _signed_by(arn: Any) -> dict[str, Any]:
    return {"requestContext": {"authorizer": {"iam": {"userArn": arn}}}}


def test_the_header_says_who_asks() -> None:
    """A name in the header is taken."""
    assert person_of(_request("alice"), "login") == "alice"


def test_without_a_header_it_is_whoever_started_the_process() -> None:
    """The fallback is used."""
    assert person_of(_request(), "login") == "login"


def test_what_api_gateway_proved_beats_the_header() -> None:
    """A caller cannot rename itself."""
    event = _signed_by("arn:aws:sts::000000000000:assumed-role/Responder/alice")

    assert person_of(_request("root", event), "login") == "assumed-role/Responder/alice"


def test_an_event_without_a_caller_falls_back() -> None:
    """Any shape of the request context is survived."""
    for event in (None, {}, {"requestContext": None}, {"requestContext": {"authorizer": "x"}}, _signed_by(7)):
        assert person_of(_request("", event), "login") == "login"


def test_a_name_is_one_short_line() -> None:
    """Control characters and length are tamed before they reach the trail."""
    assert person_of(_request("a\x1b[31m" + "b" * 500), "login") == "a [31m" + "b" * 57 + "…"
