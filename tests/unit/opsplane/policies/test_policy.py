"""A policy: which signals, in which environment, get which playbook in which mode."""

import pytest
from builders import config_verdict, group_opened, guardduty, signal
from opsplane.policies.policy import Match, Mode, Policy, PolicySet
from opsplane.signals.signal import Kind, Severity

THREATS = Match(kinds=(Kind.INSTANCE_THREAT,), severity_at_least=Severity.HIGH)


MINING = "CryptoCurrency:EC2/BitcoinTool.B"


def policy(name: str = "open-groups", match: Match = THREATS, **mode: Mode) -> Policy:
    """A policy with modes by environment."""
    return Policy(name=name, description="d", match=match, mode=mode)


@pytest.mark.parametrize(
    ("score", "refusal"),
    [(8, None), (7, None), (6.9, "severity medium is below high"), (0, "severity info is below high")],
)
def test_severity_is_a_floor(score: float, refusal: str | None) -> None:
    """From the named level up; the refusal says why not."""
    assert THREATS.refusal(signal(guardduty(score, type=MINING))) == refusal


def test_another_kind_does_not_fit() -> None:
    """The refusal names what was wanted."""
    assert THREATS.refusal(signal(group_opened())) == "kind security-group-ingress is not one of instance-threat"


def test_sources_may_be_patterns() -> None:
    """A policy may listen to one service only."""
    match = Match(kinds=(Kind.SECURITY_GROUP_INGRESS,), sources=("aws.conf*",))

    assert match.refusal(signal(config_verdict())) is None
    assert match.refusal(signal(group_opened())) == "source aws.ec2 is not one of aws.conf*"


@pytest.mark.parametrize(
    ("modes", "environment", "mode"),
    [
        ({"default": Mode.ENFORCE, "prod": Mode.APPROVE}, "prod", Mode.APPROVE),
        ({"default": Mode.ENFORCE, "prod": Mode.APPROVE}, "dev", Mode.ENFORCE),
        ({"prod": Mode.ENFORCE}, "dev", Mode.OBSERVE),
        ({}, "dev", Mode.OBSERVE),
    ],
)
def test_what_is_not_named_is_only_observed(modes: dict[str, Mode], environment: str, mode: Mode) -> None:
    """An environment that nobody thought of is never changed."""
    assert policy(**modes).mode_in(environment) is mode


def test_the_first_policy_that_fits_decides() -> None:
    """Order is meaning."""
    policies = PolicySet(version=1, policies=(policy("high"), policy("all", Match(kinds=(Kind.INSTANCE_THREAT,)))))

    found = [policies.find(signal(guardduty(score, type=MINING))) for score in (8, 2)]

    assert [each.name for each in found if each] == ["high", "all"]


def test_a_signal_that_fits_none_finds_none() -> None:
    """The decision says so in its own words."""
    assert PolicySet(version=1, policies=()).find(signal(guardduty())) is None
