"""The way in for presses of buttons."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from app.slack import router
from app.slack.signature import sign
from opsplane.actions.action import ActionState
from opsplane.delivery.ports import Addresses
from served import Served, asked_about_group, fixed_group, told_of_threat

pytestmark = pytest.mark.anyio
SECRET = "signing-secret"


class Book:
    """The notification secret."""

    def __init__(self, secret: str) -> None:
        """It holds this signing secret."""
        self.secret = secret

    def look_up(self, *, fresh: bool = False) -> Addresses:
        """The addresses."""
        del fresh
        return Addresses(slack_signing_secret=self.secret)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What people in Slack were told, and where."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(router, "_book", lambda _: Book(SECRET))
    monkeypatch.setattr(router, "_tell", lambda url, text: found.append((url, text)))
    return found


def form(action: str, target: str, **changes: Any) -> bytes:
    """What Slack sends when somebody presses a button."""
    payload = {
        "type": "block_actions",
        "user": {"id": "U1", "username": "dave.slack", "team_id": "T1"},
        "actions": [{"type": "button", "action_id": f"opsplane.{action}", "value": target, "block_id": "x"}],
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        **changes,
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


async def press(served: Served, body: bytes, secret: str = SECRET, age: int = 0) -> httpx.Response:
    """Send a signed form."""
    served.wiring = replace(
        served.wiring, settings=served.wiring.settings.model_copy(update={"responders": {"U1": "dave"}})
    )
    stamp = str(int(served.deployment.clock().timestamp()) - age)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": sign(secret, stamp, body),
    }
    return await served.client.post("/slack/interactions", content=body, headers=headers)


async def test_a_press_ends_in_the_same_place_as_any_other_command(served: Served, told: list[tuple[str, str]]) -> None:
    """Approved by the person behind the Slack user, and the fleet is woken."""
    action = asked_about_group(served.deployment)

    answer = await press(served, form("approve", action.id))

    assert (answer.status_code, answer.content) == (200, b"")
    assert (served.deployment.action.state, served.deployment.action.decided_by) == (ActionState.APPROVED, "dave")
    assert served.deployment.requests == [action.id]
    assert told == [("https://hooks.slack.com/actions/T1/1/x", f"{action.id} is approved, by dave.")]


async def test_reject_undo_and_acknowledge_are_there_too(served: Served, told: list[tuple[str, str]]) -> None:
    """Each answers in words."""
    waiting, fixed, threat = (
        asked_about_group(served.deployment),
        fixed_group(served.deployment, 2),
        told_of_threat(served.deployment),
    )

    for verb, target in (("reject", waiting.id), ("undo", fixed.id), ("acknowledge", threat)):
        assert (await press(served, form(verb, target))).status_code == 200

    assert [text for _, text in told] == [
        f"{waiting.id} is rejected, by dave.",
        f"{fixed.id} is undoing, by dave.",
        f"dave has {threat} in hand.",
    ]


async def test_who_pressed_is_on_record(served: Served, told: list[tuple[str, str]]) -> None:
    """By Slack's own id, whatever name they give themselves."""
    action = asked_about_group(served.deployment)

    await press(served, form("approve", action.id))

    [record] = [each for each in served.deployment.ledger.known.values() if each.event_id.startswith("slack-")]
    assert record.reason == f"dave.slack (U1) pressed opsplane.approve on {action.id} in Slack"
    assert told


async def test_whoever_is_not_named_may_not_and_is_told_so(served: Served, told: list[tuple[str, str]]) -> None:
    """The attempt is on record."""
    action = asked_about_group(served.deployment)

    answer = await press(served, form("approve", action.id, user={"id": "U9", "username": "mallory"}))

    assert answer.status_code == 200
    assert served.deployment.action.state is ActionState.AWAITING_APPROVAL
    assert "You (U9) are not among those who may press buttons" in told[0][1]


async def test_what_cannot_be_done_is_told(served: Served, told: list[tuple[str, str]]) -> None:
    """A second press, or a button of a message of last week."""
    action = asked_about_group(served.deployment)
    await press(served, form("reject", action.id))

    await press(served, form("approve", action.id, response_url="https://hooks.slack.com/2"))
    await press(served, form("approve", "nobody.1"))
    await press(served, form("explode", action.id))

    assert [text.partition(":")[0] for _, text in told[1:]] == [
        "It was not done",
        "It was not done",
        "opsplane knows no command explode.",
    ]


@pytest.mark.usefixtures("told")
async def test_what_is_forged_late_or_repeated_is_refused(served: Served) -> None:
    """With 401, and nothing is done."""
    action = asked_about_group(served.deployment)
    body = form("approve", action.id)

    forged = await press(served, body, secret="other")
    late = await press(served, body, age=301)
    rejected = await press(served, form("reject", action.id))
    repeated = await press(served, form("reject", action.id))

    assert (forged.status_code, late.status_code, rejected.status_code, repeated.status_code) == (401, 401, 200, 401)
    assert forged.json()["type"] == "urn:opsplane:problem:not-slack"
    assert repeated.json()["type"] == "urn:opsplane:problem:repeated"
    assert served.deployment.action.state is ActionState.REJECTED


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"payload=",
        b"payload=%7B",
        b"payload=%5B%5D",
        b"other=1",
        b"payload=" + b"%5B" * 20_000,
        form("approve", "x", actions=[]),
        form("approve", "../x"),
        form("approve", "x", user=None),
    ],
)
async def test_what_is_no_press_of_ours_is_refused(served: Served, body: bytes) -> None:
    """However it is malformed."""
    assert (await press(served, body)).status_code == 422


@pytest.mark.usefixtures("told")
async def test_what_is_larger_than_slacks_own_is_not_read_to_its_end(served: Served) -> None:
    """Its beginning carries no signature."""
    assert (await press(served, b"payload=" + b"x" * 300_000)).status_code == 401


async def test_an_answer_goes_to_slack_and_nowhere_else(served: Served, told: list[tuple[str, str]]) -> None:
    """An address that somebody put into a payload is not called."""
    action = asked_about_group(served.deployment)

    await press(served, form("approve", action.id, response_url="http://169.254.169.254/latest"))

    assert told == []
    assert served.deployment.action.state is ActionState.APPROVED


async def test_without_a_signing_secret_nothing_is_believed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The buttons are not set up: it says so."""
    monkeypatch.setattr(router, "_book", lambda _: Book(""))

    answer = await press(served, form("approve", "x.1"), secret="")

    assert answer.status_code == 503
    assert "slack_signing_secret" in answer.json()["detail"]
