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


_RESTORES = "opsplane:restores"
"""The tag of a revision that an undo registered: it names the revision whose place it takes."""


def observe(api: Api, subject: Subject) -> Observation:
    """Whether the revision, or one that an undo registered in its place, can be started; and who uses it."""
    found = api.read("ecs", "describe_task_definition", taskDefinition=subject.resource.id, include=["TAGS"])
    definition = found["taskDefinition"]
    active = definition["status"] == "ACTIVE"
    needed = active and _dangers(definition)
    return Observation(
        tags=tags_of(found.get("tags")),
        state={_TARGET: active or _is_restored(api, definition)},
        evidence={
            "definition": definition,
            "users": _users(api, definition["taskDefinitionArn"]) if needed else [],
        },
    )


def _is_restored(api: Api, definition: dict[str, Any]) -> bool:
    """Whether a later revision stands in for it. Others with the same content are judged by their own events."""
    asked = {"familyPrefix": definition["family"], "status": "ACTIVE"}
    listed = api.read("ecs", "list_task_definitions", **asked)["taskDefinitionArns"]
    for arn in (each for each in listed if int(each.rsplit(":", 1)[-1]) > definition["revision"]):
        tags = api.read("ecs", "describe_task_definition", taskDefinition=arn, include=["TAGS"]).get("tags")
        if tags_of(tags).get(_RESTORES) == _name(definition):
            return True
    return False


def _name(definition: dict[str, Any]) -> str:
    return str(definition["taskDefinitionArn"]).rsplit("/", 1)[-1]


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
    if not found.state[_TARGET] or definition["status"] != "ACTIVE" or not why:
        # One that an undo registered in its place has an event of its own.
        return ()
    if users := found.evidence["users"]:
        message = f"it {' and '.join(why)}, and is in use by {', '.join(users)}: give these another one first"
        raise PermanentError(message)
    arn = definition["taskDefinitionArn"]
    # ECS itself gives the tags that begin with aws:, and refuses them from anybody else.
    kept = {key: value for key, value in found.tags.items() if not key.startswith("aws:")}
    tags = [{"key": key, "value": value} for key, value in {**kept, _RESTORES: _name(definition)}.items()]
    again: dict[str, Any] = {**_content(definition), "tags": tags}
    return (
        Step(
            target=_TARGET,
            summary=f"Deregister {_name(definition)}, which {' and '.join(why)}",
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
        "ecs:TagResource",
        "iam:PassRole",
    ),
    acts_on=("cloudtrail/ecs-privileged-registered.json", "securityhub/ecs-privileged.json"),
    leaves=("cloudtrail/ecs-plain-registered.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
