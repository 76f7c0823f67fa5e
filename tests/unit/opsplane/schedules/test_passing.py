"""One pass of an environment, and what it makes of an AWS that does not do as it is told."""

from datetime import timedelta

from opsplane import commands
from opsplane.errors import AccessDenied, PermanentError, ServiceUnavailable
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.schedule_file import understand
from sleeping_cloud import SleepingCloud

from .conftest import EVENING, Night


def refuse(operation: str, error: Exception, times: int = 1000) -> object:
    """What AWS says to an operation, some times."""
    left = [times]

    def hear(call: Call) -> None:
        if call.operation == operation and left[0]:
            left[0] -= 1
            raise error

    return hear


def test_one_workload_that_is_refused_does_not_hold_up_the_others(night: Night) -> None:
    """It is told once, with what AWS said, and its item is over when it sleeps at last."""
    denied = AccessDenied("rds stop_db_instance: AccessDenied: not authorized")
    night.cloud.before = refuse("stop_db_instance", denied)  # type: ignore[assignment]
    night.look(0)
    stuck = night.cloud.picture()
    night.cloud.before = None
    night.look()

    assert (stuck["services"], stuck["databases"]) == ({"web": 0, "worker": 0}, {"orders": "available"})
    assert stuck["clusters"] == {"events": "stopped"}
    told = night.told("does not sleep")
    assert told == [f"Attention: RDS instance orders of dev does not sleep: {denied}"]
    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
    [item] = [each for each in night.deployment.ledger.items.values() if "orders of dev" in each.title]
    assert item.state is ItemState.RESOLVED


def test_throttling_is_tried_again_by_the_next_pass(night: Night) -> None:
    """And told to nobody."""
    throttled = ServiceUnavailable("ecs update_service: ThrottlingException")
    night.cloud.before = refuse("update_service", throttled, times=2)  # type: ignore[assignment]
    night.look(0)

    assert night.cloud.picture()["services"] == {"web": 0, "worker": 0}
    assert night.told("Attention") == []


def test_instances_that_aws_has_no_room_for_are_started_one_by_one_and_told(night: Night) -> None:
    """StartInstances is all or nothing: one that cannot start must not keep the others down."""
    for number in range(3, 6):
        night.cloud.add_instance(f"i-{number}")
    night.look(0)

    def full(call: Call) -> None:
        if call.operation == "start_instances" and "i-4" in call.parameters["InstanceIds"]:
            message = "ec2 start_instances: InsufficientInstanceCapacity: no capacity for t3.micro in us-east-1a"
            raise PermanentError(message)

    night.cloud.before = full
    night.look(12.1)
    short = night.cloud.picture()["instances"]
    night.cloud.before = None
    night.look()

    assert short == {"i-1": "running", "i-2": "stopped", "i-3": "running", "i-4": "stopped", "i-5": "running"}
    [told] = night.told("InsufficientInstanceCapacity")
    assert told.startswith("Attention: EC2 instance i-4 of dev does not wake")
    assert night.cloud.picture()["instances"]["i-4"] == "running"


def test_an_instance_whose_key_is_disabled_is_told_with_the_reason(night: Night) -> None:
    """EC2 says that it starts, and it falls back to stopped: what was called is not what is."""
    night.look(0)
    reason = {"Code": "Client.InvalidKMSKey.InvalidState", "Message": "The KMS key provided is in an incorrect state"}
    settle = night.cloud.settle

    def fall() -> None:
        settle()
        night.cloud.instances["i-1"]["State"] = {"Name": "stopped"}
        night.cloud.instances["i-1"]["StateReason"] = reason

    night.cloud.settle = fall  # type: ignore[method-assign]
    night.look(12.1)
    [told] = night.told("i-1")
    night.cloud.settle = settle  # type: ignore[method-assign]
    night.cloud.instances["i-1"]["StateReason"] = {}
    night.look()

    assert "was started and did not come up: Client.InvalidKMSKey.InvalidState: The KMS key" in told
    assert night.cloud.picture()["instances"]["i-1"] == "running"
    [item] = [each for each in night.deployment.ledger.items.values() if "i-1 of dev" in each.title]
    assert item.state is ItemState.RESOLVED


def test_a_database_whose_key_is_disabled_is_told_and_holds_up_the_app(night: Night) -> None:
    """The gate: an app without its database would only crash."""
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = "inaccessible-encryption-credentials-recoverable"
    night.look(12.1)

    [told] = night.told("orders of dev")
    assert "its KMS key is disabled or out of reach; enable the key" in told
    assert night.cloud.picture()["services"] == {"web": 0, "worker": 0}


def test_what_neither_sleeps_nor_wakes_is_told_after_half_an_hour(night: Night) -> None:
    """Once; a database may need a while."""
    night.look(0)
    night.cloud.slow = True
    night.look(12.1, passes=5)
    early = night.told("since 30 minutes")
    night.look(passes=5)

    assert early == []
    assert night.told("since 30 minutes") == [
        "Attention: Aurora cluster events of dev does not wake since 30 minutes: it is starting",
        "Attention: RDS instance orders of dev does not wake since 30 minutes: it is starting",
    ]


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


def test_alarms_that_cannot_be_enabled_are_told_and_tried_again(night: Night) -> None:
    """Silence in the morning is the worst of all ends."""
    night.look(0)
    denied = AccessDenied("cloudwatch enable_alarm_actions: AccessDenied")
    night.cloud.before = refuse("enable_alarm_actions", denied)  # type: ignore[assignment]
    night.look(12.1)
    quiet = night.store.heads["dev"].quiet_until
    told = night.told("enable_alarm_actions")
    night.cloud.before = None
    night.look()

    assert quiet is None
    assert "Attention: alarm web-cpu of dev does not wake: cloudwatch enable_alarm_actions: AccessDenied" in told
    assert len(told) == 4
    assert night.cloud.alarms["web-cpu"]["ActionsEnabled"]
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
