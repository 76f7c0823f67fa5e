"""What is started while it should sleep: by a person, by AWS, or since an exception is over."""

from datetime import timedelta

import pytest
from opsplane import commands
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.decide import BY_AWS
from opsplane.schedules.override import OverrideKind

from .conftest import EVENING, Night


def restore(night: Night) -> None:
    """Have the database kept on for the first five hours of the night."""
    end = EVENING + timedelta(hours=5)
    book.add_override("dev/rds:orders", OverrideKind.KEEP_ON, "ada", "restore", night.desk, start=EVENING, end=end)


@pytest.mark.parametrize("retain", [False, True])
def test_what_a_person_started_at_night_is_left_until_the_next_stop(night: Night, retain: bool) -> None:  # noqa: FBT001
    """With retain_running over that one, too; then it is nobody's business but theirs."""
    night.schedule(retain_running=retain)
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    night.look(2, starts={"rds:orders": "alice"})
    kept = night.cloud.picture()["databases"]
    night.look(12.1)
    night.look(24)

    assert kept == {"orders": "available"}
    [item] = [each for each in night.deployment.ledger.items.values() if "orders of dev" in each.title]
    assert item.state is (ItemState.OPEN if retain else ItemState.RESOLVED)
    assert night.told("while it should sleep")[0].startswith(
        "Attention: RDS instance orders of dev runs while it should"
    )
    assert night.cloud.picture()["databases"] == {"orders": "available" if retain else "stopped"}


def test_what_a_person_started_at_night_is_stopped_where_the_schedule_says_so(night: Night) -> None:
    """And told with the name."""
    night.schedule(out_of_hours="stop")
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    night.look(2, starts={"rds:orders": "alice"})

    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
    assert night.told("is stopped again") == [
        "Attention: RDS instance orders of dev is stopped again: started by alice"
    ]


def test_a_service_that_a_person_started_at_night_gets_its_bounds_and_in_the_morning_its_size(night: Night) -> None:
    """With a maximum of nothing, Application Auto Scaling would take it down again."""
    night.look(0)
    night.cloud.services["web"].update(desiredCount=1, runningCount=1)
    night.look(2)
    kept = night.cloud.picture()
    night.look(12.1)

    assert (kept["services"]["web"], kept["bounds"]) == (1, {"service/app/web": (2, 6)})
    assert night.cloud.picture()["services"]["web"] == 3
    assert night.store.lasting == {}


def test_a_database_that_aws_starts_after_seven_days_goes_back_to_sleep(night: Night) -> None:
    """Without an event to tell, the days do: nobody else starts a database that long after."""
    end = EVENING + timedelta(days=10)
    book.add_override("dev", OverrideKind.KEEP_OFF, "ada", "holidays", night.desk, start=EVENING, end=end)
    night.schedule()
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    night.look(24 * 7 + 1)

    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
    [told] = night.told("is stopped again")
    assert told.endswith("started by AWS, which starts a database that was stopped for seven days")


def test_a_start_of_something_that_never_slept_is_stopped_and_told_where_the_schedule_says_so(night: Night) -> None:
    """Somebody made it at night."""
    night.schedule(out_of_hours="stop")
    night.look(0)
    night.cloud.add_database("late")
    night.look(2, starts={"rds:late": "alice"})

    assert night.cloud.picture()["databases"]["late"] == "stopped"
    [told] = night.told("late of dev")
    assert told.endswith("is stopped again: started by alice")


def test_a_database_that_slept_before_our_time_goes_back_to_sleep_when_aws_starts_it(night: Night) -> None:
    """A person had stopped it; nobody had wanted it to run."""
    night.cloud.add_database("old", "stopped")
    night.look(0)
    night.cloud.databases["old"]["DBInstanceStatus"] = "available"
    night.look(2, starts={"rds:old": BY_AWS})

    assert night.cloud.picture()["databases"]["old"] == "stopped"
    assert night.told("old of dev") == [f"RDS instance old of dev is stopped again: started by {BY_AWS}"]


def test_a_throttle_does_not_leave_a_service_that_is_kept_without_its_bounds(night: Night) -> None:
    """It is on record as kept only when it has them back."""
    night.look(0)
    night.cloud.services["web"].update(desiredCount=1, runningCount=1)

    def throttle(call: Call) -> None:
        message = f"{call.operation}: ThrottlingException"
        raise ServiceUnavailable(message)

    night.cloud.before = throttle
    night.look(2, passes=1)
    night.cloud.before = None
    night.look(passes=1)

    assert night.cloud.picture()["bounds"] == {"service/app/web": (2, 6)}
    assert len(night.told("while it should sleep")) == 1


def test_an_exception_that_is_over_while_the_workload_is_busy_is_no_start_by_somebody(night: Night) -> None:
    """RDS takes its backup in the pass in which the exception ends."""
    restore(night)
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "backing-up"
    night.look(5, passes=2)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    night.look()

    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
    assert night.told("while it should sleep") == []


def test_an_exception_that_is_over_during_a_freeze_is_no_start_by_somebody(night: Night) -> None:
    """It sleeps when that is over."""
    restore(night)
    night.look(0)
    commands.freeze("dev", "ada", "sale", None, night.desk.ports)
    night.look(5, passes=2)
    commands.thaw("dev", night.desk.ports)
    night.look()

    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
