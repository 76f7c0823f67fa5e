"""What an edge of a schedule would do."""

from datetime import UTC, datetime

from opsplane.schedules.estate import Workload, WorkloadKind
from opsplane.schedules.proposal import Edge, propose
from opsplane.schedules.schedule import default_schedule

DEV = default_schedule("dev", "America/New_York")
MONDAY_EIGHT_PM = datetime(2026, 11, 24, 1, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


def workload(
    kind: WorkloadKind, name: str, *, running: bool = True, size: int = 1, stays: str | None = None
) -> Workload:
    """Something that runs, or sleeps."""
    return Workload(kind=kind, id=name, running=running, stopped=not running, size=size, hindrance=stays)


ESTATE = (
    workload(WorkloadKind.INSTANCE, "i-1"),
    workload(WorkloadKind.INSTANCE, "i-2"),
    workload(WorkloadKind.INSTANCE, "i-3", running=False),
    workload(WorkloadKind.INSTANCE, "i-4", stays="it carries the tag opsplane:protected"),
    workload(WorkloadKind.SERVICE, "app/web", size=3),
    workload(WorkloadKind.DATABASE, "db", running=False),
)


def test_the_evening_would_stop_what_runs() -> None:
    """Counted by kind, with the time that each would be off."""
    proposal = propose("dev", Edge.DOWN, ESTATE, DEV, MONDAY_EIGHT_PM)

    assert proposal.changes == ("EC2 instance i-1", "EC2 instance i-2", "ECS service app/web")
    assert proposal.summary == (
        "observe: would stop 2 EC2 instances, 1 ECS service (3 tasks) of dev, "
        "asleep for 12.0 hours until Tue 24 Nov 08:00 EST, which saves that time of each"
    )


def test_the_morning_would_start_what_sleeps() -> None:
    """And only that."""
    proposal = propose("dev", Edge.UP, ESTATE, DEV, datetime(2026, 11, 23, 13, tzinfo=UTC))

    assert proposal.changes == ("EC2 instance i-3", "RDS instance db")
    assert proposal.summary == (
        "observe: would start 1 EC2 instance, 1 RDS instance of dev, awake for 12.0 hours until Mon 23 Nov 20:00 EST"
    )


def test_what_stays_says_why() -> None:
    """A protected instance is named, so that nobody wonders about the bill."""
    proposal = propose("dev", Edge.DOWN, ESTATE, DEV, MONDAY_EIGHT_PM)

    assert proposal.stays == ("EC2 instance i-4 stays: it carries the tag opsplane:protected",)


def test_an_edge_that_the_schedule_does_not_want_now_says_when_it_comes() -> None:
    """Somebody who asks at noon gets the dry run of the evening."""
    proposal = propose("dev", Edge.DOWN, ESTATE, DEV, MONDAY_NOON)

    assert proposal.summary.endswith("of dev at the next such edge, Mon 23 Nov 20:00 EST")


def test_nothing_to_do_is_said_in_words() -> None:
    """An empty environment has nothing to stop."""
    proposal = propose("dev", Edge.DOWN, (), DEV, MONDAY_EIGHT_PM)

    assert (proposal.changes, proposal.summary.startswith("observe: would stop nothing of dev")) == ((), True)
