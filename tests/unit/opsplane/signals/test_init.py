"""Events in: signals out, or a refusal with a reason; never anything else."""

import json
import re
from typing import Any

import pytest
from builders import (
    ALICE,
    bucket_opened,
    call,
    config_verdict,
    envelope,
    finding,
    group_opened,
    guardduty,
    security_hub,
)
from cloud import ACCOUNT
from hypothesis import given
from hypothesis import strategies as st
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.signals.signal import Signal

ACCESS = {
    "id": "a-1",
    "accountId": ACCOUNT,
    "status": "ACTIVE",
    "resource": "arn:aws:s3:::reports-archive",
    "resourceType": "AWS::S3::Bucket",
    "isPublic": True,
}
INSPECTED = {
    "findingArn": "arn:aws:inspector2:us-east-1:000000000000:finding/1",
    "awsAccountId": ACCOUNT,
    "severity": "HIGH",
    "status": "ACTIVE",
    "title": "CVE-2026-0001",
    "resources": [{"id": "i-1", "type": "AWS_EC2_INSTANCE"}],
}
GOOD = [
    group_opened(),
    call("ec2", "ModifySecurityGroupRules", {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-0123456789abcdef0"}}),
    bucket_opened(),
    config_verdict(),
    guardduty(),
    security_hub(finding(), finding("S3.8")),
    envelope("aws.access-analyzer", "Access Analyzer Finding", ACCESS),
    envelope("aws.inspector2", "Inspector2 Finding", INSPECTED),
]

TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def paths(value: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands inside a JSON document."""
    found = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [prefix, *(path for key, inner in found for path in paths(inner, (*prefix, key)))]


def replaced(event: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The event with another value at one place."""
    if not path:
        return value
    copy = json.loads(json.dumps(event))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy


def parse(event: Any) -> tuple[Signal, ...]:
    """Signals, each proven to survive the ledger; none when the event was refused with a reason."""
    try:
        found = signals.parse(event, ACCOUNT)
    except UnhandledEvent as error:
        assert str(error)
        return ()
    assert all(Signal.model_validate_json(each.model_dump_json()) == each for each in found)
    return found


@pytest.mark.parametrize("event", GOOD, ids=lambda event: event["detail-type"])
def test_every_source_has_its_parser(event: dict[str, Any]) -> None:
    """A good event of each source becomes signals of this account."""
    found = signals.parse(event, ACCOUNT)

    assert found
    assert {each.account for each in found} == {ACCOUNT}


@given(JSON)
def test_any_json_is_read_or_refused(event: Any) -> None:
    """Whatever comes in, nothing but signals or a refusal comes out."""
    assert parse(event) == ()


@given(st.sampled_from(GOOD), st.data())
def test_a_good_event_with_any_value_anywhere_is_read_or_refused(event: dict[str, Any], data: st.DataObject) -> None:
    """One field has the wrong type, a hostile text or nothing in it."""
    path = data.draw(st.sampled_from(paths(event)))

    parse(replaced(event, path, data.draw(JSON)))


@given(st.sampled_from(GOOD), st.data())
def test_a_good_event_that_lacks_something_is_read_or_refused(event: dict[str, Any], data: st.DataObject) -> None:
    """One field is missing, at any depth."""
    path = data.draw(st.sampled_from([path for path in paths(event) if path]))
    without = json.loads(json.dumps(event))
    place = without
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]

    parse(without)


@pytest.mark.parametrize("event", GOOD, ids=lambda event: event["detail-type"])
@pytest.mark.parametrize("text", ["x" * 250_000, "<!channel> `rm -rf`\u202e", "\ud800", "'; DROP TABLE items; --"])
def test_texts_of_an_attacker_are_read_or_refused(event: dict[str, Any], text: str) -> None:
    """Every text in the event is replaced, one at a time; what is read is short and on one line."""
    found = [parse(replaced(event, path, text)) for path in paths(event) if path]

    for each in (signal for group in found for signal in group):
        assert len(each.title) <= 1000
        assert len(each.resource.id) <= 256
        assert "\u202e" not in f"{each.title}{each.resource.id}{each.actor}"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": "com.example"}, "source com.example is not an AWS service"),
        ({"source": "awsx.ec2"}, "source awsx.ec2 is not an AWS service"),
        ({"detail-type": "AWS Billing Event"}, "nobody reads 'AWS Billing Event' events of aws.ec2"),
        ({"account": "999999999999"}, "the event speaks of account 999999999999; this opsplane serves 000000000000"),
        ({"account": 0}, "event has the wrong shape: account"),
        ({"region": "us east"}, "event has the wrong shape: region"),
        ({"time": "2026-11-22T10:00:00"}, "event has the wrong shape: time"),
        ({"time": "yesterday"}, "event has the wrong shape: time"),
        ({"detail": []}, "event has the wrong shape: detail"),
        ({"id": "a:b"}, "event has the wrong shape: id"),
        ({"id": ""}, "event has the wrong shape: id"),
    ],
)
def test_a_refusal_names_what_is_wrong(change: dict[str, Any], reason: str) -> None:
    """The reason is meant for the person who looks into the queue."""
    with pytest.raises(UnhandledEvent, match="^" + re.escape(reason)):
        signals.parse({**group_opened(), **change}, ACCOUNT)


@pytest.mark.parametrize(
    "event",
    [
        replaced(config_verdict(), ("detail", "awsAccountId"), "999999999999"),
        replaced(group_opened(), ("account",), "999999999999"),
        replaced(guardduty(), ("account",), "999999999999"),
    ],
)
def test_an_event_of_another_account_is_refused(event: dict[str, Any]) -> None:
    """Neither the envelope nor what only an account itself can tell may be somebody else's."""
    with pytest.raises(UnhandledEvent, match="account 999999999999"):
        signals.parse(event, ACCOUNT)


@pytest.mark.parametrize(
    "event",
    [
        replaced(guardduty(), ("detail", "accountId"), "999999999999"),
        security_hub(finding(AwsAccountId="999999999999")),
        replaced(GOOD[6], ("detail", "accountId"), "999999999999"),
        replaced(GOOD[7], ("detail", "awsAccountId"), "999999999999"),
    ],
)
def test_an_administrators_account_hears_of_its_members(event: dict[str, Any]) -> None:
    """A finding that our account got about a member is read; what may be done there is decided later."""
    assert {each.account for each in signals.parse(event, ACCOUNT)} == {"999999999999"}


def test_an_enrolled_account_speaks_for_itself_and_for_nobody_else() -> None:
    """Its events are forwarded to us; a member cannot tell of another one."""
    enrolled = frozenset({"999999999999"})
    own = replaced(replaced(guardduty(), ("account",), "999999999999"), ("detail", "accountId"), "999999999999")

    assert signals.parse(own, ACCOUNT, enrolled)
    with pytest.raises(UnhandledEvent, match="account 888888888888"):
        signals.parse(replaced(own, ("detail", "accountId"), "888888888888"), ACCOUNT, enrolled)


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        (("source",), "aws.s3", "source"),
        (("detail", "recipientAccountId"), "999999999999", "account"),
        (("detail", "awsRegion"), "eu-west-1", "region"),
    ],
)
def test_a_record_that_contradicts_its_envelope_is_forged(place: tuple[str, ...], value: str, what: str) -> None:
    """AWS writes both from one call."""
    with pytest.raises(UnhandledEvent, match=f"forged: the envelope says {what}"):
        signals.parse(replaced(group_opened(), place, value), ACCOUNT)


def test_who_is_mentioned_as_actor_may_be_of_another_account() -> None:
    """A partner's user who opens our group is an actor, not a reason to look away."""
    stranger = {**ALICE, "arn": "arn:aws:iam::999999999999:user/eve", "accountId": "999999999999"}

    [found] = signals.parse(group_opened(identity=stranger), ACCOUNT)

    assert str(found.actor) == "alice (IAMUser) from 203.0.113.7"
