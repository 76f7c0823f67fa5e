"""Samples look like what AWS sends."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opsplane_local.scenes import Event
from opsplane_local.scenes.envelopes import texts

EVENTS = Path(__file__).parents[4] / "events"
SAMPLES = sorted(path.relative_to(EVENTS).as_posix() for path in EVENTS.glob("*/*.json"))
ENVELOPED = [
    sample
    for sample in SAMPLES
    if not sample.startswith(("schedule/", "broken/")) and sample != "cloudwatch/alarm-via-sns.json"
]
ENVELOPE = {"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"}
ENVELOPE_OF = {
    "accessanalyzer": ("aws.access-analyzer", "Access Analyzer Finding"),
    "config": ("aws.config", "Config Rules Compliance Change"),
    "guardduty": ("aws.guardduty", "GuardDuty Finding"),
    "health": ("aws.health", "AWS Health Event"),
    "inspector": ("aws.inspector2", "Inspector2 Finding"),
    "securityhub": ("aws.securityhub", "Security Hub Findings - Imported"),
    "cloudwatch": ("aws.cloudwatch", "CloudWatch Alarm State Change"),
}
CLOUDTRAIL = {
    "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress",
    "userAgent", "requestParameters", "responseElements", "eventID", "readOnly", "eventType", "managementEvent",
    "recipientAccountId", "eventCategory", "tlsDetails",
}  # fmt: skip
GUARDDUTY = {
    "schemaVersion", "accountId", "region", "partition", "id", "arn", "type", "resource", "service", "severity",
    "createdAt", "updatedAt", "title", "description",
}  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_json_of_moderate_size(sample: str) -> None:
    """No huge file is committed, and each parses to an object."""
    text = (EVENTS / sample).read_text()

    assert isinstance(json.loads(text), dict)
    assert len(text) < 30_000
    assert text.endswith("}\n")


@pytest.mark.parametrize("sample", ENVELOPED)
def test_an_envelope_has_the_keys_of_real_events(load: Callable[[str], Event], sample: str) -> None:
    """EventBridge sends these nine and no other."""
    event = load(sample)

    assert event.keys() == ENVELOPE
    assert (event["version"], event["account"], event["region"]) == ("0", "000000000000", "us-east-1")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["id"])
    assert isinstance(event["resources"], list)
    sent = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert (sent.year, sent.month) == (2026, 11)


@pytest.mark.parametrize("sample", [sample for sample in ENVELOPED if not sample.startswith("cloudtrail/")])
def test_source_and_detail_type_go_together(load: Callable[[str], Event], sample: str) -> None:
    """Each folder holds one source."""
    event = load(sample)

    assert (event["source"], event["detail-type"]) == ENVELOPE_OF[sample.split("/", maxsplit=1)[0]]


@pytest.mark.parametrize("sample", [sample for sample in ENVELOPED if sample.startswith("cloudtrail/")])
def test_a_cloudtrail_detail_is_complete(load: Callable[[str], Event], sample: str) -> None:
    """It has CloudTrail's fields, and its envelope agrees with it."""
    event = load(sample)

    detail = event["detail"]
    assert detail.keys() >= CLOUDTRAIL
    assert event["time"] == detail["eventTime"]
    assert event["source"] == f"aws.{detail['eventSource'].removesuffix('.amazonaws.com')}"
    signed_in = detail["eventType"] == "AwsConsoleSignIn"
    assert event["detail-type"] == f"AWS {'Console Sign In' if signed_in else 'API Call'} via CloudTrail"
    assert (detail["responseElements"] is None) or "errorCode" not in detail


@pytest.mark.parametrize("sample", [sample for sample in ENVELOPED if sample.startswith("guardduty/")])
def test_a_guardduty_detail_is_complete(load: Callable[[str], Event], sample: str) -> None:
    """It is the finding in camelCase, with its id at the end of its ARN."""
    detail = load(sample)["detail"]

    assert detail.keys() == GUARDDUTY
    assert detail["arn"].endswith(f"/finding/{detail['id']}")
    assert detail["service"].keys() >= {"serviceName", "detectorId", "action", "resourceRole", "archived", "count"}
    assert isinstance(detail["severity"], int | float)


def test_the_guardduty_samples_differ_in_what_decides(load: Callable[[str], Event]) -> None:
    """Severity, role, archived and sample are what a decision reads."""
    mining, victim, archived, generated = (
        load(f"guardduty/{name}.json")["detail"]
        for name in ("ec2-crypto-mining", "ec2-ssh-brute-force-target", "archived-finding", "sample-finding")
    )

    assert (mining["severity"], mining["service"]["archived"]) == (8, False)
    assert (victim["severity"], victim["service"]["resourceRole"]) == (2, "TARGET")
    assert archived["service"]["archived"] is True
    assert generated["service"]["additionalInfo"]["sample"] is True


def test_the_notifier_gets_an_alarm_inside_sns_inside_sqs(load: Callable[[str], Event]) -> None:
    """Each layer is a text inside the next, with its own spelling of keys."""
    [record] = load("cloudwatch/alarm-via-sns.json")["Records"]

    envelope = json.loads(record["body"])
    alarm = json.loads(envelope["Message"])
    assert record["eventSource"] == "aws:sqs"
    assert envelope.keys() >= {"Type", "MessageId", "TopicArn", "Subject", "SigningCertURL", "UnsubscribeURL"}
    assert alarm.keys() >= {"AlarmName", "AWSAccountId", "NewStateValue", "OldStateValue", "AlarmArn", "Trigger"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_addresses_and_keys_are_nobodys(sample: str) -> None:
    """Public addresses come from the documentation ranges and access keys from AWS's own examples."""
    event = json.loads((EVENTS / sample).read_text())

    words = " ".join(texts(event))
    reserved = r"(10\.|0\.0\.0\.0|203\.0\.113\.|198\.51\.100\.)"
    assert not re.findall(
        rf"(?<![\d.])(?!{reserved})(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?![\d.])", words.replace("142.0.0.0", "")
    )
    assert all(key.endswith("EXAMPLE") for key in re.findall(r"\b(?:AKIA|ASIA)\w+", words))


def test_the_readme_has_a_row_for_each_sample() -> None:
    """Neither a sample without a row nor a row without a sample."""
    rows = re.findall(r"^\| `([a-z]+/[a-z0-9-]+)` \|", (EVENTS / "README.md").read_text(), flags=re.MULTILINE)

    assert sorted(f"{row}.json" for row in rows) == SAMPLES
