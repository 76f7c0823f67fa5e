"""A compromised task is stopped, after its evidence was kept."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import calls, plan, subject


def task(**facts: Any) -> Subject:
    """The task of a finding."""
    return subject("AWS::ECS::Task", "arn:aws:ecs:us-east-1:000000000000:task/prod/1", cluster="prod", **facts)


def seen(**state: Any) -> Observation:
    """A running task of a service, on a host of ours."""
    found = {"task": "running", "desired count of service web": 3, "container instance": "ACTIVE", **state}
    evidence = {"service": {"serviceName": "web"}, "host": {"arn": "arn/host"}}
    return Observation(state=found, evidence=evidence)


def test_the_first_time_the_task_is_stopped_and_its_host_drained() -> None:
    """The service may start another one: that is what it is for."""
    assert calls(plan("ecs-task-contain", task(count=1), seen())) == ["update_container_instances_state", "stop_task"]


def test_a_finding_that_repeats_holds_the_service() -> None:
    """Before the task is stopped, or a new one comes up at once; undo brings its count back."""
    steps = plan("ecs-task-contain", task(count=2), seen())

    assert calls(steps)[0] == "update_service"
    assert steps[0].undo[0].parameters["desiredCount"] == 3


@pytest.mark.parametrize(("limit", "held"), [(3, False), (2, True), ("2", True), (None, True)])
def test_policy_says_how_often_is_too_often(limit: Any, held: bool) -> None:  # noqa: FBT001
    """`quarantine_after`; what is no number counts as two."""
    steps = plan("ecs-task-contain", task(count=2), seen(), quarantine_after=limit)

    assert ("update_service" in calls(steps)) is held


def test_stopping_cannot_be_undone_and_says_so() -> None:
    """The plan shows it before anything is done."""
    stop = plan("ecs-task-contain", task(), seen())[-1]

    assert stop.undo == ()
    assert "do not come back" in stop.final


def test_a_stopped_task_is_left() -> None:
    """Nothing more to contain."""
    assert plan("ecs-task-contain", task(count=9), seen(task="stopped")) == ()
