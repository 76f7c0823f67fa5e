"""What each schedule wants of an environment now, since when, and until when nothing changes."""

from datetime import UTC, datetime, timedelta

from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.phases import LOOK_EVERY, lines_now, quiet_until, used_by
from opsplane.schedules.sleep import Head
from opsplane.schedules.timeline import Rule, Wish
from opsplane.schedules.timetable import shipped, timetable

BOOK = timetable(shipped(), "America/New_York")
EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def override(target: str = "dev", kind: OverrideKind = OverrideKind.KEEP_ON) -> Override:
    """An exception for the evening's first two hours."""
    end = EVENING + 2 * HOUR
    return Override(
        id="1f2e", target=target, kind=kind, start=EVENING, end=end, by="ada", reason="demo", made_at=EVENING
    )


def test_a_phase_goes_on_while_the_same_source_wants_the_same() -> None:
    """Also over a holiday, which is another rule."""
    first = lines_now("dev", BOOK, (), Head(environment="dev"), EVENING)
    head = Head(environment="dev", phases=used_by(first, ["office-hours"]))
    later = lines_now("dev", BOOK, (), head, EVENING + HOUR)

    assert later["office-hours"].phase.since == EVENING
    assert later["office-hours"].phase.id == first["office-hours"].phase.id


def test_an_exception_is_a_phase_of_its_own() -> None:
    """Whoever was kept running by the schedule is not kept by a command."""
    first = lines_now("dev", BOOK, (), Head(environment="dev"), EVENING)
    head = Head(environment="dev", phases=used_by(first, ["office-hours"]))
    off = lines_now("dev", BOOK, (override(kind=OverrideKind.KEEP_OFF),), head, EVENING + HOUR)["office-hours"].phase

    assert (off.state, off.rule, off.source, off.since) == (Wish.STOPPED, Rule.OVERRIDE, "1f2e", EVENING + HOUR)


def test_a_workload_with_an_exception_of_its_own_has_a_line_while_it_holds() -> None:
    """By its key."""
    exceptions = (override("dev/rds:orders"),)
    during = lines_now("dev", BOOK, exceptions, Head(environment="dev"), EVENING)
    after = lines_now("dev", BOOK, exceptions, Head(environment="dev"), EVENING + 3 * HOUR)

    assert during["rds:orders"].phase.state is Wish.RUNNING
    assert "rds:orders" not in after


def test_it_is_quiet_until_the_next_edge_or_border_and_never_for_more_than_an_hour() -> None:
    """An event may have been missed, and a tag may be new."""
    used, morning = ["office-hours"], EVENING + timedelta(hours=11, minutes=30)

    assert quiet_until("dev", BOOK, (), used, EVENING) == EVENING + LOOK_EVERY
    assert quiet_until("dev", BOOK, (), used, morning) == morning + timedelta(minutes=30)
    near = EVENING + timedelta(minutes=90)
    assert quiet_until("dev", BOOK, (override("dev/rds:orders"),), used, near) == EVENING + 2 * HOUR
