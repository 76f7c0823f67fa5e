"""Following events and actions."""

from typing import Any

import pytest
from builders import Deployment, envelope, group_opened
from cloud import ACCOUNT, Cloud
from opsplane.errors import UnknownRecord
from opsplane_cli.follow import (
    NOTICE_PATIENCE,
    Watch,
    expected_records,
    follow_action,
    follow_event,
    follow_notices,
    look,
)
from opsplane_cli.outside import Outside


class Patience:
    """A clock on which only sleeping takes time, and what was told meanwhile."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.told: list[str] = []

    def watch(self, seconds: float) -> Watch:
        """A watch for that many seconds."""
        return Watch(Outside(clock=lambda: self.seconds, sleep=self._sleep), seconds, self.told.append)

    def _sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def deployment() -> Deployment:
    """A deployment with one open group."""
    return Deployment(cloud=Cloud().open_group())


def test_a_sound_event_leaves_one_record_for_each_signal() -> None:
    """The core's own parser tells which."""
    assert expected_records(group_opened(), ACCOUNT) == {"event-1:security-group-ingress"}


def test_an_event_that_nobody_reads_leaves_one_record() -> None:
    """The refusal has an id of its own."""
    assert expected_records(envelope("aws.macie", "Macie Finding", {}), ACCOUNT) == {"event-1:unhandled"}


def test_a_refusal_ends_the_wait_even_when_signals_were_expected(deployment: Deployment) -> None:
    """What is deployed may be another version than this command line."""
    deployment.receive(envelope("aws.macie", "Macie Finding", {}))

    assert look(deployment.ledger, "event-1", frozenset({"event-1:threat"})).complete


def test_nothing_is_complete_before_every_signal_has_its_record(deployment: Deployment) -> None:
    """One of two is not enough."""
    deployment.receive(group_opened())

    sight = look(deployment.ledger, "event-1", frozenset({"event-1:security-group-ingress", "event-1:root-activity"}))

    assert not sight.complete


def test_following_ends_when_time_is_over(deployment: Deployment) -> None:
    """The last look is what is known."""
    patience = Patience()

    sight = follow_event(deployment.ledger, "event-1", frozenset({"x"}), patience.watch(1.0))

    assert not sight.complete
    assert patience.seconds == pytest.approx(1.0)
    assert patience.told[0] == "waiting for the remediator"


def test_an_action_at_rest_is_not_waited_for(deployment: Deployment) -> None:
    """One look is enough."""
    deployment.receive(group_opened())
    patience = Patience()

    action = follow_action(deployment.ledger, deployment.action.id, patience.watch(9))

    assert (action.state, patience.seconds) == ("verified", 0.0)


def test_an_unknown_action_cannot_be_followed(deployment: Deployment) -> None:
    """It says so at once."""
    with pytest.raises(UnknownRecord):
        follow_action(deployment.ledger, "nobody.1", Patience().watch(9))


def test_a_watch_of_no_time_looks_once() -> None:
    """A timeout shorter than the pause still looks."""
    looks: list[Any] = list(Patience().watch(0).looks())

    assert len(looks) == 1


def test_the_notice_is_waited_for_a_little(deployment: Deployment) -> None:
    """A notifier that is away does not hold up the end for long."""
    deployment.receive(group_opened())
    sight = look(deployment.ledger, "event-1", frozenset())
    patience = Patience()

    found = follow_notices(deployment.ledger, sight, patience.watch(60))

    assert found == ()
    assert patience.seconds == pytest.approx(NOTICE_PATIENCE)
    assert patience.told[0] == "waiting for the notifier"


def test_nobody_is_waited_for_when_nobody_is_told(deployment: Deployment) -> None:
    """An event that is refused has no notice."""
    deployment.receive(envelope("aws.macie", "Macie Finding", {}))
    patience = Patience()

    follow_notices(deployment.ledger, look(deployment.ledger, "event-1", frozenset()), patience.watch(60))

    assert patience.seconds == 0.0
