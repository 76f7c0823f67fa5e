"""Differences as signals."""

import pytest
from builders import NOW, settings
from opsplane.drift.compare import LiveGroup, compare
from opsplane.drift.rules import IngressRule
from opsplane.drift.signals import of_group, of_state
from opsplane.drift.wanted import WantedGroup
from opsplane.signals.signal import Severity

GROUP = WantedGroup("sg-1", "aws_security_group.app", frozenset(), managed=True)


def live(source: str | None = None, **tags: str) -> LiveGroup:
    """The group as it is, with one rule more than Terraform knows when there is a source."""
    return LiveGroup(frozenset({IngressRule("tcp", 22, 22, source)} if source else ()), tags)


@pytest.mark.parametrize(
    ("source", "severity"),
    [("0.0.0.0/0", Severity.HIGH), ("::/0", Severity.HIGH), ("10.0.0.0/8", Severity.MEDIUM), ("sg-2", Severity.MEDIUM)],
)
def test_drift_that_lets_the_world_in_is_worse(source: str, severity: Severity) -> None:
    """Everything else can wait until somebody reads it."""
    found = live(source)

    assert of_group(compare(GROUP, found), found, settings(), NOW).severity is severity


def test_a_group_belongs_to_the_environment_of_its_tag() -> None:
    """Without a tag, to that of the deployment; one that is gone has none."""
    tagged, bare = live("sg-2", Environment="staging"), live("sg-2")

    assert of_group(compare(GROUP, tagged), tagged, settings(), NOW).environment == "staging"
    assert of_group(compare(GROUP, bare), bare, settings(), NOW).environment == "dev"
    assert of_group(compare(GROUP, None), None, settings(), NOW).environment == "dev"


def test_no_difference_clears_the_item_of_an_earlier_one() -> None:
    """They share their dedupe key."""
    before, after = live("sg-2"), live()

    one, other = (of_group(compare(GROUP, each), each, settings(), NOW) for each in (before, after))

    assert one.dedupe_key == other.dedupe_key
    assert (one.clears, other.clears) == (False, True)
    assert other.dismissal == "live AWS matches the Terraform state"


def test_a_state_that_can_be_read_again_clears_that_it_could_not() -> None:
    """The same way."""
    one, other = (of_state("s3://b/k", reason, settings(), NOW) for reason in ("NoSuchKey", None))

    assert one.dedupe_key == other.dedupe_key
    assert (one.title, one.clears, other.clears) == ("Drift was not checked: NoSuchKey", False, True)
