"""A trouble is told once, says what to do, and is over when it is over."""

from datetime import timedelta

from opsplane.errors import AccessDenied, PermanentError
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.journal import Journal
from opsplane.schedules.schedule_file import understand
from opsplane.schedules.workload import WorkloadKind
from opsplane.signals.signal import Severity

from .conftest import Night

LOST_KEY = "inaccessible-encryption-credentials-recoverable"


def open_items(night: Night) -> list[str]:
    """Titles of what nobody has to look at any more, once all is well."""
    return [each.title for each in night.deployment.ledger.items.values() if each.state is ItemState.OPEN]


def test_a_database_whose_key_is_enabled_again_is_started_by_the_next_sweep(night: Night) -> None:
    """RDS leaves it down until somebody starts it; until then AWS refuses, and that is told once."""
    night.look(0)
    night.cloud.databases["orders"]["DBInstanceStatus"] = LOST_KEY

    def refuse(call: Call) -> None:
        if call.operation == "start_db_instance":
            message = "rds start_db_instance: KMSKeyNotAccessibleFault: the key is disabled"
            raise PermanentError(message)

    night.cloud.before = refuse
    night.look(12.1, passes=10)
    told = night.told("orders of dev")
    down = night.cloud.picture()["services"]
    night.cloud.before = None
    night.cloud.databases["orders"]["DBInstanceStatus"] = "stopped"
    night.look()

    assert len(told) == 1
    assert "KMSKeyNotAccessibleFault" in told[0]
    assert "enable the key, then the next sweep starts it" in told[0]
    assert down == {"web": 0, "worker": 0}
    assert night.cloud.picture()["databases"] == {"orders": "available"}
    assert open_items(night) == []


def test_a_refusal_that_reads_differently_each_time_is_told_once(night: Night) -> None:
    """EC2 encodes the reason anew with each UnauthorizedOperation."""
    number = iter(range(1000))

    def refuse(call: Call) -> None:
        if call.operation == "stop_db_instance":
            message = f"rds stop_db_instance: AccessDenied: encoded {next(number)}"
            raise AccessDenied(message)

    night.cloud.before = refuse
    night.look(0)

    assert len(night.told("orders of dev")) == 1


def test_a_trouble_of_the_morning_is_over_when_the_next_night_has_come(night: Night) -> None:
    """It did not wake all day, and sleeps again."""
    night.look(0)
    night.cloud.slow = True
    night.look(12.1, passes=10)
    stuck = open_items(night)
    night.cloud.slow = False
    night.look(24)
    night.cloud.settle()
    night.look()

    assert "RDS instance orders of dev does not wake since 30 minutes: it is starting" in stuck
    assert open_items(night) == []


def test_a_trouble_is_over_when_what_it_was_about_is_gone(night: Night) -> None:
    """Somebody deleted what would not sleep."""

    def refuse(call: Call) -> None:
        if call.operation == "stop_db_instance":
            message = "rds stop_db_instance: AccessDenied"
            raise AccessDenied(message)

    night.cloud.before = refuse
    night.look(0)
    night.cloud.before = None
    del night.cloud.databases["orders"]
    night.look(12.1)

    assert len(night.told("it is gone")) == 1
    assert open_items(night) == []


def test_an_instance_that_somebody_launches_at_night_is_no_trouble(night: Night) -> None:
    """EC2 gives its pending ones a reason, too."""
    night.look(0)
    night.cloud.add_instance("i-9", "pending")
    night.cloud.instances["i-9"]["StateReason"] = {"Code": "pending", "Message": "pending"}
    night.look(2)

    [told] = night.told(f"{WorkloadKind.INSTANCE.words} i-9")
    assert "while it should sleep: started by somebody" in told


def test_a_trouble_is_over_and_a_start_is_told_though_too_many_are_to_be_stopped(night: Night) -> None:
    """What a limit holds back is told beside everything else, not instead of it."""
    night.look(0)
    night.deployment.clock.advance(timedelta(hours=1))
    [orders] = [each for each in night.store.sleeps("dev") if each.key == "rds:orders"]
    night.store.put_sleep(orders.changed(reached_at=None, told=True))
    Journal("dev", night.desk.ports).tell("rds:orders", "trouble", "x", "orders does not sleep", Severity.MEDIUM)
    schedules = {
        "office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]},
        "parked": {"always": "stopped"},
    }
    environments = {"dev": {"schedule": "office", "limit": 1}}
    file = understand({"version": 1, "schedules": schedules, "environments": environments}, "x")
    book.push(file, "", "ada", "x", night.desk)
    for name in ("i-7", "i-8"):
        night.cloud.add_instance(name, Schedule="parked")
    night.cloud.services["worker"].update(desiredCount=1, runningCount=1)
    night.look(passes=1, starts={"ecs:app/worker": "alice"})

    assert "limit of dev is 1" in night.told("not done")[0]
    assert len(night.told("worker of dev runs while it should sleep: started by alice")) == 1
    assert "orders does not sleep" not in open_items(night)
