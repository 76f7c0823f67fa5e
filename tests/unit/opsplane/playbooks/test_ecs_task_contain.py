"""A compromised task is stopped, after its evidence was kept."""

from typing import Any

import pytest
from opsplane.errors import AccessDenied, PermanentError
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import Answers, calls, plan, playbook, subject


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


ARN = "arn:aws:ecs:us-east-1:000000000000:task/prod/1"
LOGGED = {"options": {"awslogs-group": "/app", "awslogs-stream-prefix": "web"}}


def cluster(task_facts: dict[str, Any] | None = None, **answers: Any) -> Answers:
    """ECS with one task of a service, which logs to CloudWatch; `answers` replace or add to what it says."""
    running = {"taskArn": ARN, "taskDefinitionArn": "arn/web:7", "lastStatus": "RUNNING", "desiredStatus": "RUNNING"}
    told = {"tasks": [{**running, "group": "service:web", **(task_facts or {})}]}
    service = {"serviceName": "web", "status": "ACTIVE", "desiredCount": 3, "taskDefinition": "arn/web:7"}
    definition = {"containerDefinitions": [{"name": "app", "logConfiguration": LOGGED}, {"name": "side"}]}
    return Answers(
        **{
            "describe_tasks": told,
            "describe_task_definition": {"taskDefinition": definition},
            "describe_services": {"services": [service]},
            "describe_scalable_targets": {"ScalableTargets": []},
            "get_log_events": {"events": [{"message": "hello"}]},
            **answers,
        }
    )


def observe(api: Answers) -> Observation:
    """What the playbook sees."""
    return playbook("ecs-task-contain").observe(api, task())


def test_a_task_that_was_told_to_stop_counts_as_stopped() -> None:
    """ECS gives its containers up to two minutes to end, and reports RUNNING or STOPPING meanwhile."""
    assert observe(cluster({"desiredStatus": "STOPPED"})).state["task"] == "stopped"


def test_of_a_log_only_the_end_is_read() -> None:
    """One page of the newest events: a stream may hold millions."""
    api = cluster()

    assert observe(api).evidence["logs"] == {"app": ["hello"]}
    assert "filter_log_events" not in api.asked


@pytest.mark.parametrize("operation", ["get_log_events", "describe_task_definition"])
def test_evidence_that_cannot_be_had_is_told_and_does_not_keep_the_task_running(operation: str) -> None:
    """A log under a key that we may not use, or a definition that was deleted."""
    found = observe(cluster(**{operation: AccessDenied("AccessDenied: kms:Decrypt")}))

    assert "not available: AccessDenied: kms:Decrypt" in str(found.evidence).replace("': '", ": ")
    assert found.state["task"] == "running"


def test_a_host_that_left_the_cluster_is_no_host() -> None:
    """ECS answers with an empty list; then there is nothing to drain."""
    found = observe(
        cluster({"containerInstanceArn": "arn/host"}, describe_container_instances={"containerInstances": []})
    )

    assert "container instance" not in found.state


def test_a_daemon_is_not_held_by_a_count_that_ecs_refuses() -> None:
    """Its task is stopped all the same."""
    daemon = {"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "schedulingStrategy": "DAEMON"}

    found = observe(cluster(describe_services={"services": [daemon]}))

    assert calls(plan("ecs-task-contain", task(count=5), found)) == ["stop_task"]


def test_a_task_that_ecs_does_not_know_is_no_crash() -> None:
    """It stopped more than an hour ago."""
    with pytest.raises(PermanentError, match="there is no task"):
        observe(cluster(describe_tasks={"tasks": []}))


def scaling(*, suspended: bool) -> Observation:
    """A task of a service that scales by itself."""
    ways = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
    target = {"SuspendedState": dict.fromkeys(ways, suspended)}
    return observe(cluster(describe_scalable_targets={"ScalableTargets": [target]}))


def test_a_service_that_scales_by_itself_is_held_with_its_scaling_suspended() -> None:
    """Otherwise it comes back to its least number of tasks; undo gives it its tasks and then its scaling back."""
    steps = plan("ecs-task-contain", task(count=2), scaling(suspended=False))

    assert calls(steps) == ["register_scalable_target", "update_service", "stop_task"]
    assert calls(steps, "undo") == ["update_service", "register_scalable_target"]
    assert steps[0].apply[0].parameters["ResourceId"] == "service/prod/web"


def test_scaling_that_is_suspended_already_is_left() -> None:
    """Undo must not let it scale."""
    assert "register_scalable_target" not in calls(plan("ecs-task-contain", task(count=2), scaling(suspended=True)))


def test_a_task_that_is_stopped_the_first_time_leaves_its_scaling() -> None:
    """The service goes on."""
    assert calls(plan("ecs-task-contain", task(count=1), scaling(suspended=False))) == ["stop_task"]


def test_logs_take_no_more_room_than_a_row_of_the_ledger_has() -> None:
    """Whoever took the task over writes them: with random lines he could keep us from recording, and so from acting."""
    definition = {"containerDefinitions": [{"name": name, "logConfiguration": LOGGED} for name in ("a", "b", "c")]}
    events = [{"message": f"{number:03}" + "x" * 5000} for number in range(200)]

    logs = observe(
        cluster(describe_task_definition={"taskDefinition": definition}, get_log_events={"events": events})
    ).evidence["logs"]

    assert sum(len(line) for lines in logs.values() for line in lines) == 60_000
    assert [line[:3] for line in logs["a"][-2:]] == ["198", "199"]
