"""What a pass does or would do, in words and money."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

from opsplane.schedules.decide import Move, Verb
from opsplane.schedules.proposal import count, propose
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.workload import Running, Workload, WorkloadKind

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
WEB = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, size={"desired": 3}, hourly=0.04)
DB = Workload(WorkloadKind.DATABASE, "orders", Running.RUNNING, hourly=None)
CPU = Workload(WorkloadKind.ALARM, "cpu", Running.RUNNING, hourly=0.0)


def test_what_goes_to_sleep_is_counted_with_its_money() -> None:
    """Also what has to wait; alarms are no workloads; what has no price is named."""
    moves = [Move(Verb.SLEEP, WEB), Move(Verb.WAIT, DB, None, "later"), Move(Verb.SLEEP, CPU)]
    found = propose("dev", moves, NOW, NOW + timedelta(hours=12), "Wed 08:00")

    assert found.summary.startswith("dev goes to sleep until Wed 08:00: 1 ECS service (3 tasks), 1 RDS instance")
    assert found.summary.endswith(", which saves $0.48")
    assert (found.stops, found.unpriced) == (("ECS service app/web", "RDS instance orders"), ("rds:orders",))
    assert (found.hours, found.usd) == (12, 0.48)


def test_what_wakes_is_counted_by_what_it_was() -> None:
    """The service that sleeps has no task now."""
    asleep = Workload(WorkloadKind.SERVICE, "app/web", Running.STOPPED, size={"desired": 0})
    sleep = Sleep(environment="dev", key=asleep.key, saved={"desired": 3}, began_at=NOW, reached_at=NOW)
    found = propose("dev", [Move(Verb.WAIT, asleep, sleep, "after the database")], NOW, None, "")

    assert found.summary == "dev wakes: 1 ECS service (3 tasks)"
    assert (found.hours, found.usd) == (None, None)


def test_what_stays_says_why() -> None:
    """And when nothing moves, it says so."""
    found = propose("dev", [Move(Verb.LEAVE, DB, None, "it has a replica")], NOW, None, "")

    assert found.stays == ("RDS instance orders stays: it has a replica",)
    assert found.summary == "dev: nothing to stop or to start"
    assert count([]) == ""


def test_what_was_asleep_and_waits_is_on_its_way_up() -> None:
    """A record that was never reached is on its way down."""
    never = Sleep(environment="dev", key=DB.key, began_at=NOW)
    moves = [
        Move(Verb.WAIT, DB, never, "it is stopping"),
        Move(Verb.WAIT, WEB, never.changed(reached_at=NOW), "after the database"),
        Move(Verb.WAKE, CPU, never),
    ]
    found = propose("dev", moves, NOW, None, "")

    assert (found.stops, found.starts) == (("RDS instance orders",), ("ECS service app/web",))
    assert found.waits == ("RDS instance orders: it is stopping", "ECS service app/web: after the database")


def test_waking_says_until_when_it_stays_awake() -> None:
    """The next edge of the schedule."""
    found = propose("dev", [Move(Verb.WAKE, DB)], NOW, NOW + timedelta(hours=12), "Wed 20:00")

    assert found.summary == "dev wakes: 1 RDS instance, awake until Wed 20:00"
    assert (found.hours, found.usd) == (12, None)


def test_ten_thousand_that_wait_are_told_in_a_moment() -> None:
    """Each is looked at once."""
    many = [Workload(WorkloadKind.SERVICE, f"app/{number}", Running.RUNNING) for number in range(10_000)]
    began = perf_counter()
    found = propose("dev", [Move(Verb.WAIT, each, None, "later") for each in many], NOW, None, "")

    assert perf_counter() - began < 5
    assert len(found.stops) == 10_000
