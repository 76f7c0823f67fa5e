"""A compromised task is stopped, after its evidence was kept; a service that brings it back is held.

The groups of a running task cannot be changed on Fargate: its interface is AWS's. So isolation is evidence, then
StopTask, then, when the finding repeats, no tasks of that service until somebody has looked. A task on an EC2 instance
of the cluster also has that instance drained.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from typing import Any

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TASK, _HOST = "task", "container instance"
_LINES = 200
"""Log events of each container that go into the case file."""


def observe(api: Api, subject: Subject) -> Observation:
    """The task, its service, its definition, its host when it has one, and the end of its logs."""
    arn, cluster = subject.resource.id, str(subject.facts.get("cluster", "default"))
    found = api.read("ecs", "describe_tasks", cluster=cluster, tasks=[arn], include=["TAGS"])["tasks"]
    if not found:
        message = f"there is no task {arn}"
        raise ResourceNotFound(message)
    task = found[0]
    definition = api.read("ecs", "describe_task_definition", taskDefinition=task["taskDefinitionArn"])["taskDefinition"]
    state: dict[str, Json] = {_TASK: "stopped" if task["lastStatus"] in {"STOPPED", "DEPROVISIONING"} else "running"}
    evidence: dict[str, Any] = {"task": task, "definition": definition, "logs": _logs(api, task, definition)}
    if service := _service(api, cluster, str(task.get("group", ""))):
        state[_count(service["serviceName"])] = service["desiredCount"]
        evidence["service"] = {key: service.get(key) for key in ("serviceName", "taskDefinition", "desiredCount")}
    if host := task.get("containerInstanceArn"):
        asked = {"cluster": cluster, "containerInstances": [host]}
        [instance] = api.read("ecs", "describe_container_instances", **asked)["containerInstances"]
        state[_HOST] = instance["status"]
        evidence["host"] = {"arn": host, "ec2InstanceId": instance.get("ec2InstanceId")}
    return Observation(tags=tags_of(task.get("tags")), state=state, evidence=evidence)


def _service(api: Api, cluster: str, group: str) -> dict[str, Any] | None:
    if not group.startswith("service:"):
        return None
    name = group.removeprefix("service:")
    found = part(api, "ecs", "describe_services", cluster=cluster, services=[name]).get("services", [])
    return next((each for each in found if each["status"] == "ACTIVE"), None)


def _logs(api: Api, task: dict[str, Any], definition: dict[str, Any]) -> dict[str, list[str]]:
    """The last lines of each container that logs to CloudWatch."""
    found: dict[str, list[str]] = {}
    for container in definition.get("containerDefinitions", []):
        options = container.get("logConfiguration", {}).get("options", {})
        if "awslogs-group" in options and "awslogs-stream-prefix" in options:
            identity = task["taskArn"].rsplit("/", 1)[-1]
            stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{identity}"
            asked = {"logGroupName": options["awslogs-group"], "logStreamNames": [stream], "limit": _LINES}
            events = part(api, "logs", "filter_log_events", **asked).get("events", [])
            found[container["name"]] = [str(event["message"])[:1000] for event in events[-_LINES:]]
    return found


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
    before = found.state[_count(name)]
    if before == 0:
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        return (call("ecs", "update_service", cluster=cluster, service=name, desiredCount=value),)

    summary = f"Hold service {name}: no tasks until somebody has looked (it had {before})"
    return (change(_count(name), summary, before=before, after=0, to=to),)


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
        "ecs:DescribeContainerInstances",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:DescribeTasks",
        "ecs:StopTask",
        "ecs:UpdateContainerInstancesState",
        "ecs:UpdateService",
        "logs:FilterLogEvents",
    ),
    acts_on=("guardduty/ecs-crypto-miner.json", "guardduty/ecs-reverse-shell-repeated.json"),
    leaves=("guardduty/ecs-new-binary.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
    rolls_back=False,
)
