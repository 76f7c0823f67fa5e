"""EC2 instances and Auto Scaling groups."""

from typing import Any

import pytest
from opsplane.schedules.estate.instances import read, read_groups
from opsplane.schedules.workload import Running, Workload
from sleeping_cloud import SleepingCloud


def instance(state: str = "running", **more: Any) -> Workload:
    """One instance as it is read."""
    cloud = SleepingCloud()
    cloud.add_instance("i-1", state)
    cloud.instances["i-1"].update(more)
    [(found, _)] = read(cloud, "dev")
    return found


@pytest.mark.parametrize(
    ("state", "running", "ready", "busy"),
    [
        ("running", Running.RUNNING, True, ""),
        ("pending", Running.RUNNING, False, "it is starting"),
        ("stopping", Running.STOPPING, False, ""),
        ("stopped", Running.STOPPED, False, ""),
    ],
)
def test_a_state_is_what_can_be_done_with_it(state: str, running: Running, ready: bool, busy: str) -> None:  # noqa: FBT001
    """A pending instance cannot be stopped."""
    found = instance(state)

    assert (found.running, found.ready, found.busy) == (running, ready, busy)


def test_what_cannot_be_stopped_or_would_come_back_is_left() -> None:
    """With the reason."""
    tags = [{"Key": "Environment", "Value": "dev"}, {"Key": "aws:autoscaling:groupName", "Value": "batch"}]

    assert "would replace it" in instance(Tags=tags).hindrance
    assert "Spot" in instance(InstanceLifecycle="spot").hindrance
    assert "instance store" in instance(RootDeviceType="instance-store").hindrance


def test_why_it_fell_down_is_told_unless_somebody_stopped_it() -> None:
    """A start that EC2 took and could not make."""
    code = "Client.InvalidKMSKey.InvalidState"
    fallen = instance("stopped", StateReason={"Code": code, "Message": "The key is disabled"})
    stopped = instance("stopped", StateReason={"Code": "Client.UserInitiatedShutdown", "Message": "x"})

    assert fallen.fallen.startswith(f"{code}: The key is disabled; enable the KMS key")
    assert stopped.fallen == ""


def test_an_instance_that_starts_has_not_fallen() -> None:
    """EC2 gives the pending ones a reason as well: that they are pending."""
    found = instance("pending", StateReason={"Code": "pending", "Message": "pending"})

    assert (found.fallen, found.busy) == ("", "it is starting")


def test_windows_and_spot_have_no_price_here() -> None:
    """The table is of Linux, on demand."""
    assert instance().hourly == pytest.approx(0.0104)
    assert instance(Platform="windows").hourly is None
    assert instance(InstanceLifecycle="spot").hourly is None


def test_a_group_is_its_three_sizes_and_what_its_instances_cost() -> None:
    """Down when nothing is left of it."""
    cloud = SleepingCloud()
    cloud.add_group("batch", 1, 2, 4)
    [(up, _)] = read_groups(cloud, "dev")
    cloud.groups["batch"].update(MinSize=0, DesiredCapacity=0, MaxSize=0)
    [(going, _)] = read_groups(cloud, "dev")
    cloud.groups["batch"]["Instances"] = []
    [(down, _)] = read_groups(cloud, "dev")

    assert (up.running, up.ready, up.size) == (Running.RUNNING, True, {"min": 1, "desired": 2, "max": 4})
    assert up.hourly == pytest.approx(0.0208)
    assert (going.running, down.running) == (Running.STOPPING, Running.STOPPED)


@pytest.mark.parametrize("code", ["Client.InstanceInitiatedShutdown", "Server.ScheduledStop"])
def test_what_shut_itself_down_or_was_retired_can_be_started(code: str) -> None:
    """A start puts either right, so it is no trouble."""
    assert instance("stopped", StateReason={"Code": code, "Message": "x"}).fallen == ""


def test_an_instance_on_its_way_up_is_busy_and_in_no_trouble() -> None:
    """EC2 gives `pending` as its reason as well."""
    found = instance("pending", StateReason={"Code": "pending", "Message": "pending"})

    assert (found.fallen, found.busy) == ("", "it is starting")


@pytest.mark.parametrize(
    ("details", "hourly"), [("Linux/UNIX", 0.0104), ("Red Hat Enterprise Linux", None), ("SUSE Linux", None)]
)
def test_a_licence_is_not_in_the_table(details: str, hourly: float | None) -> None:
    """What is sold with support costs more than Linux."""
    found = instance(PlatformDetails=details).hourly

    assert found == (None if hourly is None else pytest.approx(hourly))


def test_an_instance_that_is_gone_is_not_there() -> None:
    """EC2 shows it for an hour."""
    cloud = SleepingCloud()
    cloud.add_instance("i-1", "terminated")
    cloud.add_instance("i-2", "shutting-down")

    assert read(cloud, "dev") == []


@pytest.mark.parametrize(("percentage", "priced"), [(100, True), (0, False), (50, False)])
def test_a_group_that_may_hold_spot_instances_has_no_price(percentage: int, priced: bool) -> None:  # noqa: FBT001
    """EC2 does not show which ones are."""
    cloud = SleepingCloud()
    cloud.add_group("batch", 1, 2, 4)
    distribution = {"OnDemandPercentageAboveBaseCapacity": percentage}
    cloud.groups["batch"]["MixedInstancesPolicy"] = {"InstancesDistribution": distribution}
    [(found, _)] = read_groups(cloud, "dev")

    assert (found.hourly is not None) is priced


def test_a_group_is_ready_with_all_its_instances_in_service() -> None:
    """One that is still coming does not serve, and one of minimum alone is up."""
    cloud = SleepingCloud()
    cloud.add_group("batch", 1, 2, 4)
    cloud.groups["batch"]["Instances"] = [{"InstanceType": "t3.micro", "LifecycleState": "InService"}]
    [(coming, _)] = read_groups(cloud, "dev")
    cloud.groups["batch"].update(DesiredCapacity=0)
    [(odd, _)] = read_groups(cloud, "dev")

    assert (coming.ready, odd.running) == (False, Running.RUNNING)


def test_a_group_is_known_to_alarms_by_its_target_groups() -> None:
    """As a service is."""
    cloud = SleepingCloud()
    cloud.add_group("batch", 1, 2, 4)
    cloud.groups["batch"]["TargetGroupARNs"] = ["arn:aws:elasticloadbalancing:us-east-1:0:targetgroup/batch/1"]
    [(found, _)] = read_groups(cloud, "dev")

    assert found.targets == ("targetgroup/batch/1",)
