"""Which schedules are in force, and the commands that change that."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import Deployment
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.errors import LedgerConflict, Refused, UnknownRecord
from opsplane.schedules.book import SCHEDULE_CHANGED, Desk, add_override, cancel_override, document_of, in_force, push
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.schedule_file import understand
from opsplane.schedules.sleep import Head
from opsplane.schedules.store import Exceptions, Pushed

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
FILE = {
    "version": 1,
    "schedules": {"office": {"periods": [{"days": "mon-fri", "start": "09:00", "end": "24:00"}]}},
    "environments": {"qa": {"schedule": "office"}},
}


@pytest.fixture
def deployment() -> Deployment:
    """A deployment at noon."""
    made = Deployment()
    made.clock.at = NOON
    return made


@pytest.fixture
def desk(deployment: Deployment) -> Desk:
    """A desk with the shipped schedules."""
    return Desk(deployment.ports, MemoryScheduleStore())


def test_what_is_pushed_is_in_force_and_earlier_ones_are_kept(deployment: Deployment, desk: Desk) -> None:
    """The scheduler is told of every environment in it."""
    first = push(understand(FILE, "x"), "text", "ada", "one", desk)
    second = push(understand({**FILE, "zone": "UTC"}, "x"), "text 2", "bob", "two", desk)

    assert (first.version, second.version) == (1, 2)
    assert in_force(desk.store.read(), desk).name == "schedules version 2 of bob"
    assert [each.by for each in desk.store.pushes()] == ["bob", "ada"]
    assert [each.detail["environment"] for each in deployment.sent(SCHEDULE_CHANGED)] == ["qa", "qa"]


def test_a_file_as_json_means_the_same() -> None:
    """24:00 is no number that somebody has to guess at."""
    file = understand(FILE, "x")

    assert understand(document_of(file), "x") == file
    assert document_of(file)["schedules"]["office"]["periods"][0]["end"] == "24:00"  # type: ignore[index]


def test_a_file_that_cannot_be_understood_leaves_the_last_good_one_in_force(desk: Desk) -> None:
    """However many broken ones lie between."""
    push(understand(FILE, "x"), "", "ada", "good", desk)
    for version in (2, 3):
        broken = Pushed(version=version, by="eve", reason="x", at=NOON, source="", document={"version": 9})
        desk.store.push(broken)

    found = in_force(desk.store.read(), desk)

    assert (found.name, list(found.timetable.environments)) == ("schedules version 1 of ada", ["qa"])
    assert found.broken is not None
    assert "version: Input should be 1" in found.why


def test_an_exception_is_written_and_announced(deployment: Deployment, desk: Desk) -> None:
    """From now on, when nobody says from when."""
    made = add_override("dev", OverrideKind.KEEP_ON, "ada", "demo", desk, end=NOON + timedelta(hours=2))

    assert desk.store.read().overrides("dev") == (made,)
    assert (made.start, made.by, made.reason) == (NOON, "ada", "demo")
    assert len(deployment.sent(SCHEDULE_CHANGED)) == 1


def test_a_skipped_stop_finds_its_own_start_and_end(desk: Desk) -> None:
    """Tonight, until tomorrow's morning."""
    made = add_override("dev", OverrideKind.SKIP_STOP, "ada", "release", desk)

    assert (made.start, made.end) == (NOON + timedelta(hours=8), NOON + timedelta(hours=20))
    with pytest.raises(Refused, match="no stop of prod to skip"):
        add_override("prod", OverrideKind.SKIP_STOP, "ada", "release", desk)


def test_an_exception_that_overlaps_or_has_no_end_is_refused(desk: Desk) -> None:
    """Nothing is written."""
    add_override("dev", OverrideKind.KEEP_ON, "ada", "demo", desk, end=NOON + timedelta(hours=2))

    with pytest.raises(Refused, match="overlaps with"):
        add_override("dev", OverrideKind.KEEP_OFF, "bob", "no", desk, end=NOON + timedelta(hours=1))
    with pytest.raises(Refused, match="say until when"):
        add_override("dev", OverrideKind.HOLD, "bob", "no", desk)
    with pytest.raises(Refused, match="over already"):
        add_override("dev", OverrideKind.HOLD, "bob", "no", desk, end=NOON)
    with pytest.raises(Refused, match="longer than 92 days"):
        add_override("dev", OverrideKind.HOLD, "bob", "no", desk, end=NOON + timedelta(days=100))
    with pytest.raises(Refused, match="'orders' names no workload; write KIND:ID with one of ecs, asg"):
        add_override("dev/orders", OverrideKind.HOLD, "bob", "no", desk, end=NOON + timedelta(days=1))
    with pytest.raises(UnknownRecord, match="knows an environment 'qa'; there is dev, staging, prod"):
        add_override("qa", OverrideKind.HOLD, "bob", "no", desk, end=NOON + timedelta(days=1))
    assert len(desk.store.read().overrides("dev")) == 1


def test_two_people_at_the_same_moment_do_not_lose_each_others_exception(deployment: Deployment) -> None:
    """The second one reads again, and is refused or not by what the first one wrote."""

    class Racing(MemoryScheduleStore):
        raced = False

        def put_exceptions(self, environment: str, exceptions: Exceptions) -> None:
            """Somebody else is quicker, once."""
            if not self.raced:
                self.raced = True
                other = Desk(deployment.ports, self)
                add_override("dev", OverrideKind.HOLD, "bob", "first", other, end=NOON + timedelta(hours=1))
            super().put_exceptions(environment, exceptions)

    desk = Desk(deployment.ports, Racing())
    add_override("dev", OverrideKind.KEEP_ON, "ada", "second", desk, end=NOON + timedelta(hours=1))

    assert [each.by for each in desk.store.read().overrides("dev")] == ["bob", "ada"]


def test_a_cancelled_exception_ends_now_and_one_to_come_is_gone(deployment: Deployment, desk: Desk) -> None:
    """What was in force stays on the list for 90 days."""
    running = add_override("dev", OverrideKind.KEEP_ON, "ada", "demo", desk, end=NOON + timedelta(hours=2))
    start = NOON + timedelta(hours=3)
    coming = add_override("dev", OverrideKind.KEEP_OFF, "ada", "x", desk, start=start, end=start + timedelta(hours=1))
    deployment.clock.advance(timedelta(minutes=30))

    cancel_override(running.id, desk)
    cancel_override(coming.id, desk)

    [left] = desk.store.read().overrides("dev")
    assert (left.id, left.end) == (running.id, NOON + timedelta(minutes=30))
    with pytest.raises(UnknownRecord, match="no override"):
        cancel_override(running.id, desk)


def test_a_version_is_pushed_once(desk: Desk) -> None:
    """Two pushes at the same moment are one and a conflict."""
    pushed = push(understand(FILE, "x"), "", "ada", "one", desk)

    with pytest.raises(LedgerConflict):
        desk.store.push(pushed)


def test_a_file_that_would_leave_something_asleep_for_good_is_refused(desk: Desk) -> None:
    """Nobody would wake it."""
    desk.store.put_head(Head(environment="dev", open=3, version=1))

    with pytest.raises(Refused, match="dev is not in the file, and 3 of its workloads are on record as asleep"):
        push(understand(FILE, "x"), "", "ada", "one", desk)
