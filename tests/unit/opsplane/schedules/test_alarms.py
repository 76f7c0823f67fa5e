"""Which alarms are paused, and which get their actions back."""

from datetime import UTC, datetime

from opsplane.schedules.alarms import alarm_moves
from opsplane.schedules.decide import Verb
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.workload import Running, Workload, WorkloadKind

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
DB = "rds:orders"
ENABLED, DISABLED = True, False
SLEEPS, RUNS = True, False


def alarm(enabled: bool, hindrance: str = "") -> Workload:  # noqa: FBT001
    """An alarm on a database."""
    running = Running.RUNNING if enabled else Running.STOPPED
    return Workload(WorkloadKind.ALARM, "cpu", running, watches=frozenset({DB}), hindrance=hindrance)


def verbs(found: Workload, asleep: bool, sleep: Sleep | None = None) -> list[Verb]:  # noqa: FBT001
    """What is to be done about one alarm."""
    sleeps = {found.key: sleep} if sleep else {}
    return [each.verb for each in alarm_moves([found], sleeps, frozenset({DB} if asleep else ()))]


PAUSING = Sleep(environment="dev", key="alarm:cpu", began_at=NOW)
PAUSED = PAUSING.model_copy(update={"reached_at": NOW})


def test_an_alarm_rests_with_what_it_watches() -> None:
    """And wakes when nothing that it watches sleeps any more."""
    assert verbs(alarm(ENABLED), SLEEPS) == [Verb.SLEEP]
    assert verbs(alarm(DISABLED), SLEEPS, PAUSING) == [Verb.REACHED]
    assert verbs(alarm(DISABLED), SLEEPS, PAUSED) == []
    assert verbs(alarm(DISABLED), RUNS, PAUSED) == [Verb.WAKE]
    assert verbs(alarm(ENABLED), RUNS, PAUSED) == [Verb.AWAKE]


def test_a_call_that_a_crash_swallowed_is_made_again() -> None:
    """The record is there, and its actions are not disabled yet."""
    assert verbs(alarm(ENABLED), SLEEPS, PAUSING) == [Verb.SLEEP]


def test_an_alarm_that_was_just_enabled_rests_again_with_what_it_watches() -> None:
    """A start that was taken back at once must not make it ring all night."""
    waking = PAUSED.model_copy(update={"waking_at": NOW})

    assert verbs(alarm(ENABLED), SLEEPS, waking) == [Verb.AGAIN]
    assert verbs(alarm(DISABLED), SLEEPS, waking) == []


def test_what_people_did_to_an_alarm_stays() -> None:
    """Disabled before, enabled at night, or owned by a scaling policy."""
    assert verbs(alarm(DISABLED), SLEEPS) == []
    assert verbs(alarm(ENABLED), SLEEPS, PAUSED) == []
    assert verbs(alarm(ENABLED, "it belongs to a scaling policy"), SLEEPS) == []
