"""One pass of an environment: what it leaves alone, and whose word it follows."""

from datetime import timedelta

import pytest
from opsplane import commands
from opsplane.errors import AccessDenied
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.schedule_file import understand
from sleeping_cloud import SleepingCloud

from .conftest import EVENING, Night

_OFFICE = {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}


def test_a_frozen_environment_is_told_and_not_touched(night: Night) -> None:
    """And put to sleep once it is thawed."""
    commands.freeze("dev", "ada", "sale until Monday", None, night.desk.ports)
    night.look(0)
    frozen = night.cloud.calls[:]
    commands.thaw("dev", night.desk.ports)
    night.look()

    assert frozen == []
    [told] = night.told("not done")
    assert "dev is frozen: ada holds it still: sale until Monday" in told
    assert night.cloud.picture()["databases"] == {"orders": "stopped"}


def test_more_than_the_limit_is_not_stopped_but_told(night: Night) -> None:
    """A tag on the wrong account must not stop it."""
    schedules = {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}}
    environments = {"dev": {"schedule": "office", "limit": 3}}
    file = understand({"version": 1, "schedules": schedules, "environments": environments}, "x")
    book.push(file, "", "ada", "x", night.desk)
    night.look(0)

    assert night.cloud.calls == []
    assert "workloads would be stopped, and the limit of dev is 3" in night.told("not done")[0]


def test_too_many_to_stop_keep_nothing_else_from_waking(night: Night) -> None:
    """What follows a schedule of its own is no part of what went wrong."""

    def limit(workloads: int) -> None:
        late = {"periods": [{"days": "mon-sun", "start": "20:00", "end": "08:00"}]}
        dev = {"schedule": "office", "limit": workloads}
        document = {"version": 1, "schedules": {"office": _OFFICE, "late": late}, "environments": {"dev": dev}}
        book.push(understand(document, "test"), "", "ada", "test", night.desk)

    night.cloud.add_database("reports", tags={"Schedule": "late"})
    night.cloud.add_alarm("reports-cpu", DBInstanceIdentifier="reports")
    limit(500)
    night.look(-1.5)
    by_day = night.cloud.picture()
    limit(1)
    night.look(0)
    after = night.cloud.picture()

    assert (by_day["databases"]["reports"], by_day["alarms"]["reports-cpu"]) == ("stopped", False)
    assert (after["databases"]["reports"], after["alarms"]["reports-cpu"]) == ("available", True)
    assert (after["services"], after["alarms"]["web-cpu"]) == ({"web": 3, "worker": 1}, True)
    assert len(night.told("would be stopped, and the limit of dev is 1")) == 1


def test_a_workload_with_a_schedule_of_its_own_follows_that(night: Night) -> None:
    """By its tag; the rest sleeps."""
    night.schedule()
    night.cloud.databases["orders"]["TagList"].append({"Key": "Schedule", "Value": "always"})
    night.look(0)

    assert night.cloud.picture()["databases"] == {"orders": "available"}
    assert night.cloud.picture()["services"] == {"web": 0, "worker": 0}


def test_a_tag_that_names_no_schedule_is_told_once(night: Night) -> None:
    """And the workload is left alone."""
    night.cloud.databases["orders"]["TagList"].append({"Key": "Schedule", "Value": "ofice"})
    night.look(0)

    assert night.told("orders") == [
        "Attention: RDS instance orders of dev is left as it is: its tag names a schedule 'ofice': there is none"
    ]
    assert night.cloud.picture()["databases"] == {"orders": "available"}


def test_an_exception_for_one_workload_leaves_the_others(night: Night) -> None:
    """The database stays up for a restore."""
    end = EVENING + timedelta(hours=5)
    at = night.desk
    book.add_override("dev/rds:orders", OverrideKind.KEEP_ON, "ada", "restore", at, start=EVENING, end=end)
    night.look(0)
    during = night.cloud.picture()
    night.look(5)

    assert (during["databases"], during["services"]) == ({"orders": "available"}, {"web": 0, "worker": 0})
    assert night.cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_hold_leaves_everything_as_it_is(night: Night) -> None:
    """Also what a person starts and stops meanwhile."""
    book.add_override("dev", OverrideKind.HOLD, "ada", "incident", night.desk, end=EVENING + timedelta(hours=2))
    night.look(0)
    held = night.cloud.calls[:]
    night.look(2)

    assert held == []
    assert night.cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_protected_workload_stays_up(night: Night) -> None:
    """The policies' own tag."""
    night.cloud.databases["orders"]["TagList"].append({"Key": "opsplane:protected", "Value": "true"})
    night.look(0)

    assert night.cloud.picture()["databases"] == {"orders": "available"}


def test_what_was_down_before_stays_down(night: Night) -> None:
    """It was not ours to stop, so it is not ours to start."""
    night.look(0)
    night.look(12.1)

    assert night.cloud.picture()["instances"] == {"i-1": "running", "i-2": "stopped"}


def test_a_cache_is_scaled_down_where_an_environment_says_so() -> None:
    """It cannot be stopped; by default it is left alone."""
    night = Night(SleepingCloud())
    night.cloud.add_cache("sessions", "cache.t3.medium")
    schedules = {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}}
    environments = {"dev": {"schedule": "office", "cache": "scale", "cache_node_type": "cache.t4g.micro"}}
    file = understand({"version": 1, "schedules": schedules, "environments": environments}, "x")
    book.push(file, "", "ada", "x", night.desk)
    night.look(0)
    asleep = night.cloud.picture()["caches"]
    night.look(12.1)

    assert (asleep, night.cloud.picture()["caches"]) == (
        {"sessions": "cache.t4g.micro"},
        {"sessions": "cache.t3.medium"},
    )
    assert night.store.lasting == {}


def test_a_tag_that_went_wrong_at_night_does_not_keep_anything_asleep(night: Night) -> None:
    """We put it to sleep."""
    night.look(0)
    night.cloud.databases["orders"]["TagList"].append({"Key": "Schedule", "Value": "ofice"})
    night.look(12.1)

    assert night.cloud.picture()["databases"] == {"orders": "available"}


def test_whoever_wants_to_be_told_only_still_has_the_night_brought_to_its_end(night: Night) -> None:
    """Then it is only told."""
    night.look(0)
    schedules = {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}}
    environments = {"dev": {"schedule": "office", "mode": "observe"}}
    file = understand({"version": 1, "schedules": schedules, "environments": environments}, "x")
    book.push(file, "", "ada", "x", night.desk)
    night.look(12.1)
    morning = night.cloud.picture()["databases"]
    night.look(24)

    assert morning == night.cloud.picture()["databases"] == {"orders": "available"}
    assert len(night.told("observe: dev goes to sleep")) == 1


def test_exceptions_of_single_workloads_that_end_together_end_in_order(night: Night) -> None:
    """The database, which has to wait for the app, is not taken for one that somebody started at night."""
    end = EVENING + timedelta(hours=2)
    for target in ("dev/ecs:app/web", "dev/rds:orders"):
        book.add_override(target, OverrideKind.KEEP_ON, "ada", "demo", night.desk, end=end)
    night.look(0)
    kept = night.cloud.picture()
    night.cloud.slow = True
    for _ in range(4):
        night.look(2.1 if night.deployment.ports.now() < end else None, passes=2)
        night.cloud.settle()

    assert (kept["services"]["web"], kept["databases"]["orders"]) == (3, "available")
    assert night.told("while it should sleep") == []
    assert night.cloud.picture()["databases"]["orders"] == "stopped"


@pytest.mark.parametrize("small", ["cache.t4g.small", "cache.r6g.large"])
def test_a_cache_wakes_as_it_was_though_another_small_node_type_was_pushed_at_night(small: str) -> None:
    """It was not started by anybody, and what it sleeps at tomorrow is no size that could be missing today."""
    night = Night(SleepingCloud())
    night.cloud.add_cache("sessions", "cache.r6g.large")
    for hours, node in ((0, "cache.t4g.micro"), (1, small)):
        settings = {"schedule": "office", "cache": "scale", "cache_node_type": node}
        document = {"version": 1, "schedules": {"office": _OFFICE}, "environments": {"dev": settings}}
        book.push(understand(document, "test"), "", "ada", "test", night.desk)
        night.look(hours)
    asleep = night.cloud.picture()["caches"]
    night.look(12.1)

    assert asleep == {"sessions": "cache.t4g.micro"}
    assert night.cloud.picture()["caches"] == {"sessions": "cache.r6g.large"}
    assert night.cloud.calls == ["modify_replication_group", "modify_replication_group"]
    assert (night.told("while it should sleep"), night.store.sleeps("dev")) == ([], ())


def test_a_service_that_got_scaling_bounds_while_it_slept_is_awake_with_its_count(night: Night) -> None:
    """Bounds that it did not have in the evening are not ours to take away, and do not keep it waking for ever."""
    night.look(0)
    resource = "service/app/worker"
    night.cloud.bounds[resource] = {"ResourceId": resource, "MinCapacity": 0, "MaxCapacity": 3}
    night.look(12.1)

    assert night.store.sleeps("dev") == ()
    assert night.cloud.picture()["services"]["worker"] == 1
    assert night.cloud.picture()["bounds"][resource] == (0, 3)


def test_a_start_that_is_refused_in_new_words_each_time_is_told_once(night: Night) -> None:
    """AWS encodes why it refuses, differently each time, and what others stopped is not on record."""
    schedules = {"office": _OFFICE, "up": {**_OFFICE, "only": "start"}}
    document = {"version": 1, "schedules": schedules, "environments": {"dev": {"schedule": "office"}}}
    book.push(understand(document, "test"), "", "ada", "test", night.desk)
    night.cloud.add_instance("i-9", "stopped", Schedule="up")
    asked: list[Call] = []

    def hear(call: Call) -> None:
        asked.append(call)
        message = f"ec2 start_instances: UnauthorizedOperation: Encoded authorization failure message: {len(asked)}"
        raise AccessDenied(message)

    night.cloud.before = hear
    night.look(-1.5)

    assert len(asked) > 1
    assert len(night.told("i-9 of dev does not wake")) == 1


@pytest.mark.parametrize("last_seen", [1.0, 11.9])
def test_what_a_person_started_and_stopped_again_at_night_wakes_in_the_morning(night: Night, last_seen: float) -> None:
    """With its size, and its alarms rest until then; also when only the first look of the morning sees the stop."""
    before = night.cloud.picture()
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    night.cloud.services["web"].update(desiredCount=1, runningCount=1)
    night.look(last_seen, passes=1, starts={"rds:orders": "alice", "ecs:app/web": "alice"})
    night.cloud.databases["orders"]["DBInstanceStatus"] = "stopped"
    night.cloud.services["web"].update(desiredCount=0, runningCount=0)
    night.look(2 if last_seen < 2 else 12.1)
    asleep = night.cloud.picture()
    night.look(12.1)

    if last_seen < 2:
        assert (asleep["databases"]["orders"], asleep["alarms"]["orders-cpu"]) == ("stopped", False)
    assert night.cloud.picture() == before
    assert night.store.sleeps("dev") == ()
    told = [each for each in night.deployment.ledger.items.values() if "runs while it should sleep" in each.title]
    assert all(each.state is ItemState.RESOLVED for each in told)
