"""A compromised task is stopped, after its evidence was kept; a service that brings it back is held.

The groups of a running task cannot be changed on Fargate: its interface is AWS's. So isolation is evidence, then
StopTask, then, when the finding repeats, no tasks of that service until somebody has looked. A task on an EC2 instance
of the cluster also has that instance drained.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from typing import Any

from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TASK, _HOST = "task", "container instance"
_DESIRED = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"}
"""What Application Auto Scaling calls the number of a service's tasks."""
_WAYS = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
_LINES = 200
"""Log events of each container that go into the case file."""
_ROOM = 60_000
"""Characters that all containers' lines have: the plan is a row of the ledger, and whoever writes them is suspect."""


def observe(api: Api, subject: Subject) -> Observation:
    """The task, its service, its definition, its host when it has one, and the end of its logs."""
    arn, cluster = subject.resource.id, str(subject.facts.get("cluster", "default"))
    found = api.read("ecs", "describe_tasks", cluster=cluster, tasks=[arn], include=["TAGS"])["tasks"]
    if not found:
        message = f"there is no task {arn}"
        raise ResourceNotFound(message)
    task = found[0]
    definition = _definition(api, task)
    state: dict[str, Json] = {_TASK: "stopped" if _is_leaving(task) else "running"}
    evidence: dict[str, Any] = {"task": task, "definition": definition, "logs": _logs(api, task, definition)}
    if service := _service(api, cluster, str(task.get("group", ""))):
        if service.get("schedulingStrategy") != "DAEMON":
            state[_count(service["serviceName"])] = service["desiredCount"]
            state |= _scaling(api, cluster, service["serviceName"])
        kept = ("serviceName", "taskDefinition", "desiredCount", "schedulingStrategy")
        evidence["service"] = {key: service.get(key) for key in kept}
    if host := _host(api, cluster, task):
        state[_HOST] = host["status"]
        evidence["host"] = {"arn": host["containerInstanceArn"], "ec2InstanceId": host.get("ec2InstanceId")}
    return Observation(tags=tags_of(task.get("tags")), state=state, evidence=evidence)


def _is_leaving(task: dict[str, Any]) -> bool:
    """Whether it is stopped or told to stop: its containers have up to two minutes to end after that.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
    """
    return task.get("desiredStatus") == "STOPPED" or task["lastStatus"] in {"STOPPED", "DEPROVISIONING"}


def _definition(api: Api, task: dict[str, Any]) -> dict[str, Any]:
    """The task's definition; one that was deleted meanwhile does not keep the task from being stopped."""
    try:
        found = api.read("ecs", "describe_task_definition", taskDefinition=task["taskDefinitionArn"])
    except PermanentError as error:
        return {"not available": str(error)}
    definition: dict[str, Any] = found["taskDefinition"]
    return definition


def _host(api: Api, cluster: str, task: dict[str, Any]) -> dict[str, Any] | None:
    """The container instance that the task is on; none on Fargate, or when it left the cluster."""
    if not (arn := task.get("containerInstanceArn")):
        return None
    found = api.read("ecs", "describe_container_instances", cluster=cluster, containerInstances=[arn])
    return next(iter(found["containerInstances"]), None)


def _service(api: Api, cluster: str, group: str) -> dict[str, Any] | None:
    if not group.startswith("service:"):
        return None
    name = group.removeprefix("service:")
    found = part(api, "ecs", "describe_services", cluster=cluster, services=[name]).get("services", [])
    return next((each for each in found if each["status"] == "ACTIVE"), None)


def _scaling(api: Api, cluster: str, service: str) -> dict[str, Json]:
    """What of the service's scaling is suspended; nothing where it does not scale by itself."""
    asked = {**_DESIRED, "ResourceIds": [_resource(cluster, service)]}
    targets = api.read("application-autoscaling", "describe_scalable_targets", **asked)["ScalableTargets"]
    suspended = [each.get("SuspendedState") or {} for each in targets]
    return {f"scaling of service {service}": {way: bool(each.get(way)) for way in _WAYS} for each in suspended[:1]}


def _resource(cluster: str, service: str) -> str:
    return f"service/{cluster.rsplit('/', 1)[-1]}/{service}"


def _logs(api: Api, task: dict[str, Any], definition: dict[str, Any]) -> dict[str, list[str]]:
    """The last lines of each container that logs to CloudWatch, or why there are none."""
    logged = {}
    for container in definition.get("containerDefinitions", []):
        options = (container.get("logConfiguration") or {}).get("options") or {}
        if "awslogs-group" in options and "awslogs-stream-prefix" in options:
            identity = task["taskArn"].rsplit("/", 1)[-1]
            stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{identity}"
            logged[container["name"]] = (options["awslogs-group"], stream)
    return {name: _last_lines(api, *place, _ROOM // len(logged)) for name, place in logged.items()}


def _last_lines(api: Api, group: str, stream: str, room: int) -> list[str]:
    """The end of a stream: of its newest page, however much a container writes, what there is room for."""
    asked = {"logGroupName": group, "logStreamName": stream, "limit": _LINES, "startFromHead": False}
    try:
        events = api.read("logs", "get_log_events", **asked).get("events", [])
    except PermanentError as error:
        return [f"not available: {error}"]
    kept: list[str] = []
    for event in reversed(events[-_LINES:]):
        line = str(event["message"])[:1000]
        room -= len(line)
        if room < 0:
            break
        kept.append(line)
    return kept[::-1]


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """Stop the task; hold its service when the finding came again; drain its host."""
    if found.state[_TASK] == "stopped":
        return ()
    cluster = str(subject.facts.get("cluster", "default"))
    held = _hold_service(cluster, found) if _repeated(subject, parameters) else ()
    return (*held, *_drain_host(cluster, found), _stop(subject.resource.id, cluster))


def _repeated(subject: Subject, parameters: Parameters) -> bool:
    limit = parameters.get("quarantine_after", 2)
    count = subject.facts.get("count", 1)
    return isinstance(count, int) and count >= (limit if isinstance(limit, int) else 2)


def _count(service: str) -> str:
    return f"desired count of service {service}"


def _stop(arn: str, cluster: str) -> Step:
    reason = "opsplane: contained because of a finding"
    return Step(
        target=_TASK,
        summary=f"Stop task {arn.rsplit('/', 1)[-1]}",
        before="running",
        after="stopped",
        apply=(call("ecs", "stop_task", cluster=cluster, task=arn, reason=reason),),
        final="a stopped task and the disk of a Fargate task do not come back; its service starts another one",
    )


def _hold_service(cluster: str, found: Observation) -> tuple[Step, ...]:
    if "service" not in found.evidence:
        return ()
    name = found.evidence["service"]["serviceName"]
    before = found.state.get(_count(name))
    if not before:
        # ECS takes no count for a daemon: it runs one task on each host, and the host is drained.
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        return (call("ecs", "update_service", cluster=cluster, service=name, desiredCount=value),)

    summary = f"Hold service {name}: no tasks until somebody has looked (it had {before})"
    return (*_suspend(cluster, name, found), change(_count(name), summary, before=before, after=0, to=to))


def _suspend(cluster: str, name: str, found: Observation) -> tuple[Step, ...]:
    """A service that scales by itself is brought back to its least number of tasks, unless its scaling is suspended.

    https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-suspend-resume-scaling.html
    """
    target = f"scaling of service {name}"
    before, after = found.state.get(target), dict.fromkeys(_WAYS, True)
    if before is None or before == after:
        return ()
    scaled: dict[str, Any] = {**_DESIRED, "ResourceId": _resource(cluster, name)}

    def to(value: Json) -> tuple[Call, ...]:
        return (call("application-autoscaling", "register_scalable_target", **scaled, SuspendedState=value),)

    summary = f"Suspend the scaling of service {name}, which would start tasks again"
    return (change(target, summary, before=before, after={**after}, to=to),)


def _drain_host(cluster: str, found: Observation) -> tuple[Step, ...]:
    if found.state.get(_HOST) != "ACTIVE":
        return ()
    host = found.evidence["host"]["arn"]

    def to(value: Json) -> tuple[Call, ...]:
        asked = {"cluster": cluster, "containerInstances": [host], "status": value}
        return (call("ecs", "update_container_instances_state", **asked),)

    summary = f"Drain the task's host {host.rsplit('/', 1)[-1]}"
    return (change(_HOST, summary, before="ACTIVE", after="DRAINING", to=to),)


PLAYBOOK = Playbook(
    name="ecs-task-contain",
    family=Family.COMPUTE,
    summary="Stops a compromised task after keeping its evidence, and holds its service when it happens again.",
    problem="Task {id} is compromised",
    risk="What the task was doing is lost; a service that is held serves nothing.",
    rights=(
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:RegisterScalableTarget",
        "ecs:DescribeContainerInstances",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:DescribeTasks",
        "ecs:StopTask",
        "ecs:UpdateContainerInstancesState",
        "ecs:UpdateService",
        "logs:GetLogEvents",
    ),
    acts_on=("guardduty/ecs-crypto-miner.json", "guardduty/ecs-reverse-shell-repeated.json"),
    leaves=("guardduty/ecs-new-binary.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
    rolls_back=False,
)
