"""Bad input, and receivers that refuse: nothing is lost, nothing crashes a function."""

import json
from pathlib import Path

import pytest
import requests
from laptop import REPOSITORY, LocalPlatform, eventually

pytestmark = pytest.mark.e2e

REFUSED = 6


@pytest.mark.parametrize("sample", ["missing-fields", "wrong-types", "foreign-account"])
def test_a_broken_event_is_reported_and_kept_whole(platform: LocalPlatform, sample: str) -> None:
    """`send` says that it was refused and why, and the event waits in the unhandled queue."""
    done = platform.run("send", f"events/broken/{sample}.json", "--wait", "--json")

    assert done.returncode == REFUSED, done.stdout + done.stderr
    assert "refused" in done.stderr
    event = json.loads(done.stdout)["events"][0]["event_id"]
    kept = eventually(lambda: [each for each in platform.json("unhandled")["unhandled"] if each["event_id"] == event])
    assert kept
    assert kept[0]["reason"]


@pytest.mark.parametrize("sample", sorted(path.name for path in (REPOSITORY / "events/broken").glob("*.json")))
def test_no_broken_event_crashes_a_function(platform: LocalPlatform, sample: str) -> None:
    """Whatever comes in, the function answers; its log has no traceback."""
    done = platform.run("send", str(Path("events/broken") / sample), "--wait", "--timeout", "30")

    assert "Traceback" not in done.stdout + done.stderr
    assert "Traceback" not in platform.run("logs", "fleet", "-n", "400").stdout


def test_hostile_names_reach_slack_as_plain_text(platform: LocalPlatform) -> None:
    """No mention and no link comes out of a name that an attacker chose."""
    sent = platform.send("broken/hostile-finding.json")

    told = eventually(lambda: platform.messages(sent["item"]["id"]))
    assert told
    assert "<!channel>" not in str(told[0]["payload"]["blocks"])


def test_a_message_that_slack_refuses_for_a_moment_is_delivered(platform: LocalPlatform) -> None:
    """A 503 is no reason to lose an alert."""
    fault = requests.post(f"{platform.sink}/faults", json={"status": 503, "count": 1}, timeout=5)
    assert fault.ok

    sent = platform.send("guardduty/ec2-crypto-mining.json")

    assert eventually(lambda: platform.messages(sent["item"]["id"]), seconds=60)


def test_the_alarm_about_a_refused_event_reaches_slack(platform: LocalPlatform) -> None:
    """Nobody has to look into the queue to learn that something waits there."""
    assert platform.run("send", "events/broken/missing-fields.json", "--wait").returncode == REFUSED

    assert eventually(lambda: platform.messages("opsplane-dev-unhandled"), seconds=45)
