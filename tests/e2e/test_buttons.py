"""Buttons of messages, from the sink's page through the service to the fleet and back."""

from typing import Any

import pytest
import requests
from laptop import LocalPlatform, eventually

pytestmark = pytest.mark.e2e


def button(platform: LocalPlatform, verb: str, about: str) -> dict[str, str] | None:
    """The form of a button that is about something, as the sink's page has it."""
    messages: list[dict[str, Any]] = requests.get(f"{platform.sink}/messages", timeout=10).json()
    for message in reversed(messages):
        for block in message["payload"].get("blocks", []):
            for each in block.get("elements", []):
                if (each.get("action_id"), each.get("value")) == (f"opsplane.{verb}", about):
                    return {"message": message["id"], "action_id": each["action_id"], "value": about}
    return None


def test_a_press_on_approve_runs_the_action_and_one_on_undo_takes_it_back(platform: LocalPlatform) -> None:
    """Signed as Slack signs; the trail names who pressed, and the answer comes back to them."""
    [sent] = platform.json("send", "events/cloudtrail/sg-open-by-terraform.json", "--wait")["events"]
    action = sent["actions"][0]["id"]
    item = action.partition(".")[0]

    def state() -> str:
        return str(platform.json("show", item)["actions"][-1]["state"])

    for verb, wanted in (("approve", "verified"), ("undo", "undone")):
        form = eventually(lambda verb=verb: button(platform, verb, action))
        answer = requests.post(f"{platform.sink}/press", data=form, timeout=20, allow_redirects=False)
        assert answer.status_code == 303
        assert eventually(lambda wanted=wanted: state() == wanted)

    trail = [entry for entry in platform.json("show", item)["entries"] if entry["kind"] == "command"]
    assert [entry["text"] for entry in trail] == [f"{action} approved: in Slack", f"{action} undo asked for: in Slack"]
    assert f"{action} is approved, by" in requests.get(f"{platform.sink}/", timeout=10).text


def test_what_slack_did_not_sign_is_refused(platform: LocalPlatform) -> None:
    """By the service itself: nothing stands in front of it here."""
    headers = {"x-slack-request-timestamp": "1800000000", "x-slack-signature": "v0=00"}

    answer = requests.post(
        f"{platform.console}/slack/interactions", data={"payload": "{}"}, headers=headers, timeout=10
    )

    assert answer.status_code == 401
