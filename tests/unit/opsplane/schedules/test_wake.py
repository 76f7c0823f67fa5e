"""What wakes the scheduler."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import ALICE, Deployment, call, envelope, role, settings
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane.schedules import book, wake
from opsplane.schedules.book import SCHEDULE_CHANGED, Desk
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.store import Pushed
from sleeping_cloud import SleepingCloud, whole

SAMPLES = Path(__file__).parents[4] / "events/schedule"
EVENING = datetime(2026, 11, 24, 1, tzinfo=UTC)
DOWN = json.loads((SAMPLES / "environment-down.json").read_text())
SWEEP = {"kind": "sweep"}


@pytest.fixture
def deployment() -> Deployment:
    """A deployment on a Monday evening."""
    made = Deployment()
    made.clock.at = EVENING
    return made


@pytest.fixture
def cloud() -> SleepingCloud:
    """A whole environment."""
    return whole()


@pytest.fixture
def desk(deployment: Deployment, cloud: SleepingCloud) -> Desk:
    """The scheduler's desk."""
    return Desk(replace(deployment.ports, api=cloud, function="scheduler"), MemoryScheduleStore())


def asleep(deployment: Deployment, desk: Desk) -> None:
    """Let dev go to sleep."""
    for _ in range(5):
        wake.answer(SWEEP, desk)
        deployment.clock.advance(timedelta(minutes=5))


def test_the_evening_edge_begins_the_way_down(cloud: SleepingCloud, desk: Desk) -> None:
    """What the timetable wants is done, whatever the edge says."""
    answer = wake.answer(DOWN, desk)

    assert (answer["environment"], answer["state"]) == ("dev", "stopped")
    assert "update_service" in cloud.calls


def test_an_edge_at_the_wrong_moment_changes_nothing(deployment: Deployment, cloud: SleepingCloud, desk: Desk) -> None:
    """A late, repeated or forged edge meets a timetable that wants something else."""
    deployment.clock.at = EVENING - timedelta(hours=6)

    assert wake.answer(DOWN, desk)["state"] == "running"
    assert cloud.calls == []


def test_an_edge_that_is_delivered_again_is_told_once(deployment: Deployment, desk: Desk) -> None:
    """EventBridge Scheduler delivers at least once."""
    for _ in range(3):
        wake.answer(DOWN, desk)

    assert len(deployment.notices) == 1
    assert deployment.notices[0].startswith("dev goes to sleep until Tue 24 Nov 08:00 EST: 2 ECS services (4 tasks)")


def test_a_sweep_finds_the_edge_that_nobody_announced(deployment: Deployment, cloud: SleepingCloud, desk: Desk) -> None:
    """Level beats edge."""
    asleep(deployment, desk)

    assert cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_sweep_with_nothing_due_asks_aws_nothing(deployment: Deployment, cloud: SleepingCloud, desk: Desk) -> None:
    """One read of the ledger for all environments."""
    asleep(deployment, desk)
    cloud.asked.clear()

    assert wake.answer(SWEEP, desk)["environments"] == []
    assert cloud.asked == []


def test_a_state_event_takes_the_next_step_at_once(cloud: SleepingCloud, desk: Desk) -> None:
    """The database sleeps when the last service says that it is steady."""
    wake.answer(DOWN, desk)
    steady = envelope("aws.ecs", "ECS Service Action", {"eventName": "SERVICE_STEADY_STATE"})

    [report] = wake.answer(steady, desk)["environments"]

    assert report["environment"] == "dev"
    assert cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_state_event_concerns_nobody_while_everything_is_awake(
    deployment: Deployment, cloud: SleepingCloud, desk: Desk
) -> None:
    """An account starts and stops instances all day."""
    deployment.clock.at = EVENING - timedelta(hours=6)
    wake.answer(SWEEP, desk)
    cloud.asked.clear()
    started = envelope("aws.ec2", "EC2 Instance State-change Notification", {"state": "running", "instance-id": "i-9"})

    assert wake.answer(started, desk) == {"environments": []}
    assert cloud.asked == []


def test_a_persons_start_at_night_is_kept_and_told_with_the_name(
    deployment: Deployment, cloud: SleepingCloud, desk: Desk
) -> None:
    """As the shipped schedule says."""
    asleep(deployment, desk)
    cloud.databases["orders"]["DBInstanceStatus"] = "available"

    wake.answer(call("rds", "StartDBInstance", {"dBInstanceIdentifier": "orders"}, ALICE), desk)
    wake.answer(call("rds", "StartDBInstance", {"dBInstanceIdentifier": "orders"}, ALICE), desk)

    assert cloud.picture()["databases"] == {"orders": "available"}
    told = [each for each in deployment.notices if "while it should sleep" in each]
    assert len(told) == 1
    assert "started by alice" in told[0]


def test_our_own_start_is_no_news(desk: Desk) -> None:
    """CloudTrail tells us what we did ourselves."""
    own = role("opsplane-dev-SchedulerFunctionRole-1")

    heard = wake.answer(call("rds", "StartDBInstance", {"dBInstanceIdentifier": "orders"}, own), desk)

    assert heard == {"environments": []}


def test_a_database_that_aws_restarts_goes_back_to_sleep(
    deployment: Deployment, cloud: SleepingCloud, desk: Desk
) -> None:
    """After seven days, though a person's start would be kept."""
    asleep(deployment, desk)
    cloud.databases["orders"]["DBInstanceStatus"] = "available"
    detail = {"EventID": "RDS-EVENT-0154", "SourceType": "DB_INSTANCE", "SourceIdentifier": "orders"}

    wake.answer(envelope("aws.rds", "RDS DB Instance Event", detail), desk)

    assert cloud.picture()["databases"] == {"orders": "stopped"}
    assert any("AWS, which starts a database" in each for each in deployment.notices)


def test_a_command_is_heard_at_once(deployment: Deployment, cloud: SleepingCloud, desk: Desk) -> None:
    """Wake now, for two hours."""
    asleep(deployment, desk)
    end = deployment.clock.at + timedelta(hours=2)
    book.add_override("dev", OverrideKind.KEEP_ON, "ada", "hotfix", desk, end=end)
    changed = envelope("opsplane", SCHEDULE_CHANGED, {"environment": "dev"})

    for _ in range(3):
        wake.answer(changed, desk)

    assert cloud.picture()["services"] == {"web": 3, "worker": 1}
    assert [each.detail for each in deployment.sent(SCHEDULE_CHANGED)] == [{"environment": "dev"}]


def test_an_environment_that_is_not_served_is_left_to_its_own_deployment(
    deployment: Deployment, cloud: SleepingCloud
) -> None:
    """Two deployments in one account do not stop each other's."""
    deployment.settings = settings(environments="prod")
    desk = Desk(replace(deployment.ports, api=cloud), MemoryScheduleStore())

    assert [each["environment"] for each in wake.answer(SWEEP, desk)["environments"]] == ["prod"]
    assert wake.answer(DOWN, desk)["state"] == "left"
    # A pushed file announces all environments that it names.
    [left] = wake.answer(envelope("opsplane", SCHEDULE_CHANGED, {"environment": "dev"}), desk)["environments"]
    assert (left["environment"], left["state"]) == ("dev", "left")
    assert cloud.calls == []


def test_a_broken_file_leaves_the_last_good_one_in_force_and_is_told_once(deployment: Deployment, desk: Desk) -> None:
    """A later opsplane may understand less than the one that took it."""
    broken = Pushed(version=1, by="ada", reason="x", at=EVENING, source="", document={"version": 9})
    desk.store.push(broken)

    for _ in range(2):
        wake.answer(SWEEP, desk)

    told = [each for each in deployment.notices if "cannot be understood" in each]
    assert told == ["schedules version 1 of ada cannot be understood: the shipped schedules stay in force"]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"kind": "party"},
        {"kind": "edge", "edge": "sideways", "environment": "dev"},
        {**DOWN, "environment": "../x"},
        {**DOWN, "environment": "qa"},
        envelope("opsplane", SCHEDULE_CHANGED, {"environment": 7}),
        envelope("opsplane", SCHEDULE_CHANGED, {}),
        {"source": "opsplane", "detail-type": SCHEDULE_CHANGED, "detail": "dev"},
        {"source": "opsplane", "detail-type": SCHEDULE_CHANGED, "detail": ["dev"]},
        {"source": "opsplane", "detail-type": SCHEDULE_CHANGED},
    ],
)
def test_an_event_that_nobody_knows_is_kept(deployment: Deployment, desk: Desk, event: dict[str, Any]) -> None:
    """Whole, with the reason beside it."""
    record = wake.answer(event, desk)

    assert record["outcome"] == "refuse"
    assert deployment.queue.kept[0][0] == event


def test_a_missing_right_is_recorded(deployment: Deployment, cloud: SleepingCloud, desk: Desk) -> None:
    """Trying again would give the same answer."""
    cloud.fault = AccessDenied("ec2 describe_instances: UnauthorizedOperation")

    record = wake.answer(DOWN, desk)

    assert (record["outcome"], "UnauthorizedOperation" in record["reason"]) == ("refuse", True)
    assert len(deployment.queue.kept) == 1


def test_throttling_brings_the_event_back(cloud: SleepingCloud, desk: Desk) -> None:
    """AWS delivers again."""
    cloud.fault = ServiceUnavailable("throttled")

    with pytest.raises(ServiceUnavailable):
        wake.answer(DOWN, desk)


def test_a_zone_that_does_not_exist_is_recorded_with_its_name(deployment: Deployment, cloud: SleepingCloud) -> None:
    """The reason says which variable to set, and what may have been meant."""
    deployment.settings = settings(schedule_timezone="America/NewYork")
    desk = Desk(replace(deployment.ports, api=cloud), MemoryScheduleStore())

    reason = wake.answer(DOWN, desk)["reason"]

    assert reason.startswith("OPSPLANE_SCHEDULE_TIMEZONE: 'America/NewYork'")
    assert "America/New_York?" in reason
