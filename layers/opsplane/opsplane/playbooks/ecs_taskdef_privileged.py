"""A task definition with rights on its host is taken out of use, as long as nothing uses it.

https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html (ECS.4)
"""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Api, Observation, Step, call, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "can be started"
_NOT_TO_REGISTER = frozenset(
    {
        "compatibilities",
        "deregisteredAt",
        "registeredAt",
        "registeredBy",
        "requiresAttributes",
        "revision",
        "status",
        "taskDefinitionArn",
    }
)


def observe(api: Api, subject: Subject) -> Observation:
    """Whether a revision with this content can be started, and which services run it."""
    found = api.read("ecs", "describe_task_definition", taskDefinition=subject.resource.id, include=["TAGS"])
    definition = found["taskDefinition"]
    family = definition["family"]
    active = api.read("ecs", "list_task_definitions", familyPrefix=family, status="ACTIVE")["taskDefinitionArns"]
    others = (
        api.read("ecs", "describe_task_definition", taskDefinition=arn)["taskDefinition"]
        for arn in active
        if arn != definition["taskDefinitionArn"]
    )
    twins = [each["taskDefinitionArn"] for each in others if _content(each) == _content(definition)]
    startable = definition["status"] == "ACTIVE" or bool(twins)
    return Observation(
        tags=tags_of(found.get("tags")),
        state={_TARGET: startable},
        evidence={"definition": definition, "users": _users(api, definition["taskDefinitionArn"])},
    )


def _content(definition: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in definition.items() if key not in _NOT_TO_REGISTER}


def _users(api: Api, arn: str) -> list[str]:
    """The services that run the definition, ten asked for at a time."""
    users: list[str] = []
    for cluster in api.read("ecs", "list_clusters")["clusterArns"]:
        services = api.read("ecs", "list_services", cluster=cluster)["serviceArns"]
        for start in range(0, len(services), 10):
            asked = {"cluster": cluster, "services": services[start : start + 10]}
            found = api.read("ecs", "describe_services", **asked)["services"]
            users += [each["serviceName"] for each in found if each["taskDefinition"] == arn]
    return sorted(users)


def plan(_: Subject, found: Observation, __: Parameters) -> tuple[Step, ...]:
    """One step, when it has rights on its host and nothing uses it.

    Raises:
        PermanentError: a service uses it.
    """
    definition = found.evidence["definition"]
    why = _dangers(definition)
    if not found.state[_TARGET] or not why:
        return ()
    if users := found.evidence["users"]:
        message = f"it {' and '.join(why)}, and is in use by {', '.join(users)}: give these another one first"
        raise PermanentError(message)
    arn = definition["taskDefinitionArn"]
    again: dict[str, Any] = _content(definition)
    return (
        Step(
            target=_TARGET,
            summary=f"Deregister {arn.rsplit('/', 1)[-1]}, which {' and '.join(why)}",
            before=True,
            after=False,
            apply=(call("ecs", "deregister_task_definition", taskDefinition=arn),),
            undo=(call("ecs", "register_task_definition", **again),),
        ),
    )


def _dangers(definition: dict[str, Any]) -> list[str]:
    containers = definition.get("containerDefinitions", [])
    volumes = definition.get("volumes", [])
    found = {
        "runs privileged": any(each.get("privileged") for each in containers),
        "uses the host's network": definition.get("networkMode") == "host",
        "mounts folders of the host": any(each.get("host", {}).get("sourcePath") for each in volumes),
    }
    return [what for what, so in found.items() if so]


PLAYBOOK = Playbook(
    name="ecs-taskdef-privileged",
    family=Family.COMPUTE,
    summary="Deregisters a task definition with rights on its host, as long as no service uses it.",
    problem="Task definition {id} gives its containers rights on the host",
    risk="A deployment that is about to use the revision fails; undo registers it again under a new number.",
    rights=(
        "ecs:DeregisterTaskDefinition",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:ListClusters",
        "ecs:ListServices",
        "ecs:ListTaskDefinitions",
        "ecs:RegisterTaskDefinition",
    ),
    acts_on=("cloudtrail/ecs-privileged-registered.json", "securityhub/ecs-privileged.json"),
    leaves=("cloudtrail/ecs-plain-registered.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
