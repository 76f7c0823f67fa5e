"""An event in our own words."""

from datetime import UTC, datetime, timedelta, timezone

from builders import group_opened, signal
from opsplane.ledger.item import item_id
from opsplane.signals.signal import Actor, Kind, Resource, Severity, day, dedupe_key

BUCKET = Resource(type="AWS::S3::Bucket", id="reports", account="000000000000", region="us-east-1")


def test_severities_are_ordered() -> None:
    """From nothing to wake somebody."""
    assert sorted(Severity, key=lambda severity: severity.rank) == ["info", "low", "medium", "high", "critical"]


def test_an_actor_is_named_as_people_say_it() -> None:
    """Name, kind and place, without what is not known."""
    assert str(Actor(type="IAMUser", name="alice", address="203.0.113.7")) == "alice (IAMUser) from 203.0.113.7"
    assert str(Actor(type="Root", name="root")) == "root (Root)"


def test_the_key_says_what_and_where() -> None:
    """The same trouble in another region is another item."""
    key = dedupe_key(Kind.BUCKET_EXPOSURE, BUCKET)

    assert key == "bucket-exposure:000000000000:us-east-1:reports"
    assert dedupe_key(Kind.FINDING, BUCKET, "f-1") != dedupe_key(Kind.FINDING, BUCKET, "f-2")


def test_findings_on_a_resource_with_a_long_name_stay_apart() -> None:
    """A key is never cut before the part that tells two findings apart."""
    long = BUCKET.model_copy(update={"id": "x" * 256})
    heard = signal(group_opened())

    keys = (dedupe_key(Kind.FINDING, long, finding) for finding in ("f-1", "f-2"))
    items = {item_id(heard.model_validate({**heard.model_dump(), "dedupe_key": key}).dedupe_key) for key in keys}

    assert len(items) == 2


def test_a_day_is_a_day_in_utc() -> None:
    """The same moment has the same date wherever it was written down."""
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert day(moment) == "2026-11-22"
    assert day(moment.astimezone(timezone(timedelta(hours=9)))) == "2026-11-22"


def test_the_account_of_a_signal_is_its_resources() -> None:
    """There is one account in a signal."""
    assert signal(group_opened()).account == "000000000000"
