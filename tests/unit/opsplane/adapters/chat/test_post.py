"""One HTTP POST, with its answer as our errors."""

import traceback
from typing import Any

import pytest
import requests
from opsplane.adapters.chat.post import StaleAddress, post
from opsplane.errors import DeliveryFailed, PermanentError

URL = "https://hooks.slack.com/services/T0/B0/very-secret"


def test_what_was_taken_returns(receiver: Any) -> None:
    """The body goes as JSON."""
    post(receiver.session, URL, {"text": "hi"}, "Slack")

    assert receiver.asked == [(URL, {"text": "hi"})]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_the_server_is_worth_another_try(receiver: Any, status: int) -> None:
    """The record comes back."""
    receiver.answers = [status]

    with pytest.raises(DeliveryFailed, match=f"Slack answered {status}: no_service"):
        post(receiver.session, URL, {}, "Slack")


@pytest.mark.parametrize(("header", "seconds"), [("30", 30.0), ("0", 0.0), ("-5", 0.0), ("soon", None), (None, None)])
def test_too_many_requests_say_when_to_come_back(receiver: Any, header: str | None, seconds: float | None) -> None:
    """A header that makes no sense says nothing."""
    receiver.answers = [(429, {"Retry-After": header} if header else {})]

    with pytest.raises(DeliveryFailed) as caught:
        post(receiver.session, URL, {}, "Slack")

    assert caught.value.retry_after == seconds


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_unknown_address_may_be_an_old_one(receiver: Any, status: int) -> None:
    """The caller reads it again."""
    receiver.answers = [status]

    with pytest.raises(StaleAddress):
        post(receiver.session, URL, {}, "Slack")


@pytest.mark.parametrize("status", [301, 400, 410, 413])
def test_any_other_refusal_is_final(receiver: Any, status: int) -> None:
    """A redirect, too: a webhook that moves is not followed."""
    receiver.answers = [status]

    with pytest.raises(PermanentError, match=str(status)):
        post(receiver.session, URL, {}, "Slack")


def test_a_connection_that_died_meanwhile_is_opened_anew(receiver: Any) -> None:
    """Keep-alive does not survive the freezing of a function."""
    receiver.answers = [requests.ConnectionError("Remote end closed connection without response"), 200]

    post(receiver.session, URL, {}, "Slack")

    assert len(receiver.asked) == 2


@pytest.mark.parametrize("error", [requests.ConnectionError, requests.ReadTimeout, requests.ConnectTimeout])
def test_no_answer_is_worth_another_try_and_keeps_the_address_to_itself(receiver: Any, error: type[Exception]) -> None:
    """Exceptions of requests carry the URL, which for Slack is the secret."""
    receiver.answers = [error(f"Max retries exceeded with url: {URL}")] * 2

    with pytest.raises(DeliveryFailed, match=f"Slack cannot be reached: {error.__name__}") as caught:
        post(receiver.session, URL, {}, "Slack")

    assert "very-secret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("url", ["not a url", "ftp://x/y", "https://"])
def test_an_address_that_is_no_url_is_said_to_be_one(receiver: Any, url: str) -> None:
    """Somebody typed something else into the secret."""
    with pytest.raises(PermanentError, match=r"the address of Slack is not an http\(s\) URL"):
        post(receiver.session, url, {}, "Slack")
