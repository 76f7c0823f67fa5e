"""What a pass makes of an AWS that does not do as it is told."""

from datetime import timedelta

from opsplane.errors import AccessDenied, PermanentError, ServiceUnavailable
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.override import OverrideKind

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


def test_a_change_of_mind_in_the_middle_of_waking_leaves_no_trace(night: Night) -> None:
    """The next morning is not told that it takes since yesterday, and a person's start at night is theirs."""
    night.look(0)
    night.cloud.before = refuse("start_db_instance", ServiceUnavailable("throttled"))  # type: ignore[assignment]
    awake = book.add_override("dev", OverrideKind.KEEP_ON, "ada", "x", night.desk, end=EVENING + timedelta(hours=9))
    night.look(1, passes=1)
    book.cancel_override(awake.id, night.desk)
    night.cloud.before = None
    night.look()
    asleep = {key: sleep.waking_at for (_, key), sleep in night.store.lasting.items()}
    night.look(12.1)

    assert asleep["rds:orders"] is None
    assert night.told("since 30 minutes") == []
    assert night.cloud.picture()["databases"] == {"orders": "available"}
