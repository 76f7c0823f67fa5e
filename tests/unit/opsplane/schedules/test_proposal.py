"""What a pass does or would do, in words and money."""

from datetime import UTC, datetime, timedelta

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
