"""A refreshed sample is of now, of here, and new."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opsplane_local.scenes import Event, refresh
from opsplane_local.scenes.refreshing import renew_envelope_id

NOW = datetime(2027, 1, 5, 12, 0, 0, 250_000, tzinfo=UTC)
EVENTS = Path(__file__).parents[4] / "events"
SOUND = sorted(str(path.relative_to(EVENTS)) for path in EVENTS.glob("*/*.json") if path.parent.name != "broken")
ENVELOPED = [
    sample for sample in SOUND if not sample.startswith("schedule/") and sample != "cloudwatch/alarm-via-sns.json"
]


@pytest.mark.parametrize("sample", ENVELOPED)
def test_the_envelope_is_of_now_and_new(load: Callable[[str], Event], sample: str) -> None:
    """Its time is within the second before now and its id has not been seen."""
    before = load(sample)

    after = refresh(before, now=NOW)

    age = NOW - datetime.fromisoformat(after["time"])
    assert 0 <= age.total_seconds() < 5
    assert after["id"] != before["id"]
    assert after.keys() == before.keys()


def test_times_keep_their_distances_and_their_form(load: Callable[[str], Event]) -> None:
    """The finding was first seen as long before its last time as in the sample, with as many digits."""
    before = load("guardduty/ec2-crypto-mining.json")["detail"]["service"]

    after = refresh(load("guardduty/ec2-crypto-mining.json"), now=NOW)["detail"]["service"]

    spans = [
        datetime.fromisoformat(service["eventLastSeen"]) - datetime.fromisoformat(service["eventFirstSeen"])
        for service in (before, after)
    ]
    assert spans[0] == spans[1]
    assert len(after["eventLastSeen"]) == len(before["eventLastSeen"])
    assert after["eventLastSeen"].endswith("Z")


def test_cloudwatch_times_keep_their_odd_zone(load: Callable[[str], Event]) -> None:
    """CloudWatch writes +0000 without a colon."""
    after = refresh(load("cloudwatch/alarm-state-change.json"), now=NOW)

    assert after["detail"]["state"]["timestamp"] == "2027-01-05T12:00:00.250+0000"


def test_cloudtrail_identifiers_are_new_everywhere(load: Callable[[str], Event]) -> None:
    """The event id and the request id change, and the answer still carries the request's id."""
    before = load("cloudtrail/sg-open-ssh.json")["detail"]

    after = refresh(load("cloudtrail/sg-open-ssh.json"), now=NOW)["detail"]

    assert after["eventID"] != before["eventID"]
    assert after["requestID"] != before["requestID"]
    assert after["responseElements"]["requestId"] == after["requestID"]


def test_a_request_id_of_s3_keeps_its_form(load: Callable[[str], Event]) -> None:
    """S3 writes 16 capital hexadecimal digits."""
    after = refresh(load("cloudtrail/s3-bucket-policy-public.json"), now=NOW)["detail"]["requestID"]

    assert len(after) == 16
    assert after == after.upper()


def test_a_security_hub_finding_is_new(load: Callable[[str], Event]) -> None:
    """The id at the end of its ARN changes, and the envelope's resource follows."""
    before = load("securityhub/sg-open-ssh.json")["detail"]["findings"][0]["Id"]

    after = refresh(load("securityhub/sg-open-ssh.json"), now=NOW)

    finding = after["detail"]["findings"][0]["Id"]
    assert finding != before
    assert finding.rsplit("/", 1)[0] == before.rsplit("/", 1)[0]
    assert after["resources"][0].endswith(finding)


def test_a_queued_message_is_consistent(load: Callable[[str], Event]) -> None:
    """Both message ids are new, the digest is that of the new body, and it was sent now."""
    [before] = load("cloudwatch/alarm-via-sns.json")["Records"]

    [after] = refresh(load("cloudwatch/alarm-via-sns.json"), now=NOW)["Records"]

    assert after["messageId"] != before["messageId"]
    assert json.loads(after["body"])["MessageId"] != json.loads(before["body"])["MessageId"]
    assert after["md5OfBody"] == hashlib.md5(after["body"].encode(), usedforsecurity=False).hexdigest()
    assert after["attributes"]["SentTimestamp"] == str(int(NOW.timestamp() * 1000))


def test_account_and_region_are_replaced_everywhere(load: Callable[[str], Event]) -> None:
    """Against another account nothing of the samples' own account and region is left."""
    after = refresh(load("guardduty/ec2-crypto-mining.json"), account="123456789012", region="eu-west-1", now=NOW)

    assert (after["account"], after["region"]) == ("123456789012", "eu-west-1")
    assert "000000000000" not in json.dumps(after)
    assert "us-east-1" not in json.dumps(after)


@pytest.mark.parametrize("sample", [sample for sample in SOUND if sample.startswith("schedule/")])
def test_an_input_of_a_schedule_stays_as_it_is(load: Callable[[str], Event], sample: str) -> None:
    """It has neither a time nor an id."""
    assert refresh(load(sample), now=NOW) == load(sample)


def test_only_the_envelope_id_of_a_broken_event_is_renewed() -> None:
    """Whatever else is wrong stays wrong."""
    renewed = renew_envelope_id({"id": "old", "time": 7})

    assert renewed["id"] != "old"
    assert renewed["time"] == 7


@pytest.mark.parametrize("broken", [{}, {"id": 7}])
def test_an_id_that_is_missing_or_no_text_stays_so(broken: Event) -> None:
    """There is nothing to renew."""
    assert renew_envelope_id(broken) == broken
