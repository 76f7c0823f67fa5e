"""What is to be done about each workload."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opsplane.schedules.decide import BY_AWS, Line, Verb, Wishes, decide
from opsplane.schedules.schedule import Schedule
from opsplane.schedules.sleep import Phase, Sleep, SleepStatus
from opsplane.schedules.timeline import Rule, Wish
from opsplane.schedules.workload import Running, Workload, WorkloadKind

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
UP = Workload(WorkloadKind.DATABASE, "orders", Running.RUNNING)
DOWN = replace(UP, running=Running.STOPPED, ready=False)
GOING = Sleep(environment="dev", key=UP.key, began_at=NOW - HOUR)
ASLEEP = GOING.model_copy(update={"reached_at": NOW - HOUR})


def line(state: Wish, *, settled: bool = True, rule: Rule = Rule.SCHEDULE, **changes: Any) -> Line:
    """What is wanted of everything, by office hours with changes."""
    periods = [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]
    phase = Phase(state=state, rule=rule, source="office", since=NOW - 2 * HOUR, settled=settled)
    return Line(phase, Schedule.model_validate({"periods": periods, **changes}))


def verb(workload: Workload, wanted: Line, sleep: Sleep | None = None, now: datetime = NOW) -> Verb | None:
    """What is to be done about one workload."""
    sleeps = {sleep.key: sleep} if sleep else {}
    found = decide([workload], Wishes({"office": wanted}, "office"), sleeps, now)
    return found[0].verb if found else None


@pytest.mark.parametrize(
    ("workload", "state", "sleep", "expected"),
    [
        (UP, Wish.RUNNING, None, None),
        (DOWN, Wish.RUNNING, None, None),
        (UP, Wish.ANY, None, None),
        (DOWN, Wish.STOPPED, None, None),
        (DOWN, Wish.STOPPED, ASLEEP, None),
        (DOWN, Wish.STOPPED, GOING, Verb.REACHED),
        (UP, Wish.STOPPED, GOING, Verb.SLEEP),
        (replace(UP, running=Running.STOPPING), Wish.STOPPED, GOING, Verb.WAIT),
        (replace(UP, busy="it is backing-up"), Wish.STOPPED, GOING, Verb.WAIT),
        (DOWN, Wish.RUNNING, ASLEEP, Verb.WAKE),
        (UP, Wish.RUNNING, ASLEEP, Verb.AWAKE),
        (replace(UP, ready=False, busy="it is starting"), Wish.RUNNING, ASLEEP, Verb.WAIT),
        (replace(UP, running=Running.STOPPING), Wish.RUNNING, ASLEEP, Verb.WAIT),
        (DOWN, Wish.ANY, ASLEEP, None),
        (UP, Wish.ANY, ASLEEP, Verb.AWAKE),
    ],
)
def test_what_is_wanted_what_is_on_record_and_what_is_decide(
    workload: Workload, state: Wish, sleep: Sleep | None, expected: Verb | None
) -> None:
    """Every meeting of the three facts."""
    assert verb(workload, line(state), sleep) == expected


def test_what_runs_before_the_night_has_settled_goes_to_sleep() -> None:
    """After that it is a start out of hours, which the schedule's policy decides about."""
    assert verb(UP, line(Wish.STOPPED, settled=False)) is Verb.SLEEP
    assert verb(UP, line(Wish.STOPPED)) is Verb.KEEP
    assert verb(UP, line(Wish.STOPPED, out_of_hours="stop")) is Verb.SLEEP
    assert verb(UP, line(Wish.STOPPED, rule=Rule.OVERRIDE)) is Verb.SLEEP


def test_what_an_exception_kept_up_goes_to_sleep_when_that_is_over() -> None:
    """Nobody started it out of hours."""
    wishes = Wishes({"office": line(Wish.STOPPED)}, "office", frozenset({UP.key}))

    assert [move.verb for move in decide([UP], wishes, {}, NOW)] == [Verb.SLEEP]


def test_a_start_by_aws_is_never_kept() -> None:
    """Told by the event, or by the days."""
    told = ASLEEP.model_copy(update={"started_by": BY_AWS})

    assert verb(UP, line(Wish.STOPPED), told) is Verb.AGAIN
    assert verb(UP, line(Wish.STOPPED), ASLEEP, NOW + timedelta(days=7)) is Verb.AGAIN
    assert verb(UP, line(Wish.STOPPED), ASLEEP, NOW + timedelta(days=6)) is Verb.KEEP


def test_what_is_left_alone_has_a_reason() -> None:
    """A hindrance, a fault, a tag that names nothing."""
    for workload in (replace(UP, hindrance="x"), replace(UP, fallen="x"), replace(UP, schedule="nights")):
        [move] = decide([workload], Wishes({"office": line(Wish.STOPPED, settled=False)}, "office"), {}, NOW)
        assert move.verb is Verb.LEAVE
        assert move.reason


def test_a_schedule_that_only_starts_starts_what_others_stopped() -> None:
    """Unless nobody knows how large it was."""
    sized = replace(DOWN, kind=WorkloadKind.SERVICE, size={"desired": 0})

    assert verb(DOWN, line(Wish.RUNNING, only="start", settled=False)) is Verb.WAKE
    assert verb(sized, line(Wish.RUNNING, only="start", settled=False)) is Verb.LEAVE


def test_a_schedule_that_only_starts_does_so_once() -> None:
    """What a person stops by day, or what shuts itself down when its work is done, is not started over and over."""
    assert verb(DOWN, line(Wish.RUNNING, only="start")) is None


def test_what_is_kept_stays_until_the_next_stop() -> None:
    """Which is another phase, or a command."""
    night = line(Wish.STOPPED)
    kept = ASLEEP.model_copy(update={"status": SleepStatus.KEPT, "phase": night.phase.id})
    later = Line(night.phase.model_copy(update={"since": NOW}), night.schedule)

    assert verb(UP, night, kept) is None
    assert verb(DOWN, night, kept) is Verb.RELEASE
    assert verb(UP, line(Wish.RUNNING), kept) is Verb.RELEASE
    assert verb(UP, later, kept) is Verb.AGAIN
    assert verb(UP, Line(later.phase, line(Wish.STOPPED, retain_running=True).schedule), kept) is None


def test_what_is_given_back_at_night_goes_on_sleeping() -> None:
    """If we had put it to sleep; what somebody started besides is theirs."""
    kept = ASLEEP.model_copy(update={"status": SleepStatus.KEPT, "slept": True})
    stopping = replace(UP, running=Running.STOPPING)

    assert verb(DOWN, line(Wish.STOPPED), kept) is Verb.BACK
    assert verb(DOWN, line(Wish.RUNNING), kept) is Verb.BACK
    assert verb(stopping, line(Wish.STOPPED), kept) is Verb.WAIT
    assert verb(DOWN, line(Wish.ANY), kept) is Verb.RELEASE
    assert verb(DOWN, line(Wish.RUNNING, retain_running=True), kept) is Verb.RELEASE
    assert verb(DOWN, line(Wish.STOPPED), kept.model_copy(update={"slept": False})) is Verb.RELEASE


def test_an_exception_of_its_own_decides_about_a_workload() -> None:
    """By its key."""
    wishes = Wishes({"office": line(Wish.STOPPED, settled=False), UP.key: line(Wish.RUNNING)}, "office")

    assert decide([UP], wishes, {}, NOW) == []


def test_a_service_is_awake_when_it_has_its_size_and_all_its_tasks() -> None:
    """Not when it was told to be."""
    service = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, size={"desired": 3})
    sleep = Sleep(environment="dev", key=service.key, saved={"desired": 3}, began_at=NOW, reached_at=NOW)

    assert verb(service, line(Wish.RUNNING), sleep) is Verb.AWAKE
    assert verb(replace(service, ready=False), line(Wish.RUNNING), sleep) is Verb.WAIT
    assert verb(replace(service, size={"desired": 1}), line(Wish.RUNNING), sleep) is Verb.WAKE


def test_what_scales_out_while_it_wakes_is_not_scaled_in_again() -> None:
    """Its bounds are back, so its policies rule; without bounds a count is what it was told to be."""
    saved = {"desired": 3, "min": 2, "max": 6}
    sleep = Sleep(environment="dev", key="ecs:app/web", saved=saved, began_at=NOW, reached_at=NOW, waking_at=NOW)
    more = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, ready=False, size={**saved, "desired": 5})
    loose = sleep.model_copy(update={"saved": {"desired": 3}})

    assert verb(more, line(Wish.RUNNING), sleep) is Verb.WAIT
    assert verb(replace(more, ready=True), line(Wish.RUNNING), sleep) is Verb.AWAKE
    assert verb(replace(more, size={**saved, "desired": 2}), line(Wish.RUNNING), sleep) is Verb.WAKE
    assert verb(replace(more, size={**saved, "max": 0, "desired": 5}), line(Wish.RUNNING), sleep) is Verb.WAKE
    assert verb(replace(more, size={"desired": 5}), line(Wish.RUNNING), loose) is Verb.WAKE
