"""Who is told what."""

import pytest
from builders import NOW
from cloud import ACCOUNT, REGION
from opsplane.notices.notice import Notice
from opsplane.notices.routes import PAGERDUTY, SLACK, routes
from opsplane.signals.signal import Severity


def notice(severity: Severity, environment: str) -> Notice:
    """A notice of some severity from some environment."""
    return Notice(
        id="n-1",
        headline="Something happened",
        severity=severity,
        environment=environment,
        account=ACCOUNT,
        region=REGION,
        resource="AWS::EC2::Instance i-1",
        at=NOW,
    )


def test_critical_in_prod_wakes_somebody() -> None:
    """Slack hears it, too."""
    assert routes(notice(Severity.CRITICAL, "prod")) == (SLACK, PAGERDUTY)


@pytest.mark.parametrize(
    ("severity", "environment"),
    [(Severity.CRITICAL, "dev"), (Severity.CRITICAL, "staging"), (Severity.HIGH, "prod"), (Severity.INFO, "prod")],
)
def test_everything_else_is_told_in_slack_only(severity: Severity, environment: str) -> None:
    """Nobody is woken for dev, nor for what can wait."""
    assert routes(notice(severity, environment)) == (SLACK,)


def test_where_paging_is_on_is_an_argument() -> None:
    """A team may want to be woken for staging."""
    assert PAGERDUTY in routes(notice(Severity.CRITICAL, "staging"), frozenset({"staging"}))


def test_the_route_of_a_policy_takes_the_place_of_the_usual_one() -> None:
    """Also where it is quieter, or louder."""
    quiet, loud = notice(Severity.CRITICAL, "prod"), notice(Severity.LOW, "dev")

    assert routes(quiet.model_copy(update={"route": (SLACK,)})) == (SLACK,)
    assert routes(loud.model_copy(update={"route": (PAGERDUTY,)})) == (PAGERDUTY,)
