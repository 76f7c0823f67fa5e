"""A task definition with rights on its host."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import plan, subject

DEFINITION = subject("AWS::ECS::TaskDefinition", "web:7")


def seen(*, active: bool = True, users: list[str] | None = None, **definition: Any) -> Observation:
    """A definition and who uses it."""
    found = {"family": "web", "taskDefinitionArn": "arn/web:7", "revision": 7, "status": "ACTIVE", **definition}
    return Observation(state={"can be started": active}, evidence={"definition": found, "users": users or []})


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        ({"containerDefinitions": [{"name": "a"}, {"name": "b", "privileged": True}]}, "runs privileged"),
        ({"networkMode": "host"}, "uses the host's network"),
        ({"volumes": [{"name": "v", "host": {"sourcePath": "/"}}]}, "mounts folders of the host"),
    ],
)
def test_rights_on_the_host_take_it_out_of_use(definition: dict[str, Any], why: str) -> None:
    """The summary says which; undo registers the same content."""
    [step] = plan("ecs-taskdef-privileged", DEFINITION, seen(**definition))

    assert why in step.summary
    assert step.undo[0].parameters == {"family": "web", **definition}


@pytest.mark.parametrize(
    "definition",
    [
        {"containerDefinitions": [{"name": "a", "privileged": False}], "networkMode": "awsvpc"},
        {"volumes": [{"name": "v", "host": {}}]},
    ],
)
def test_an_ordinary_one_is_left(definition: dict[str, Any]) -> None:
    """A volume without a path of the host is a folder of the task's own."""
    assert plan("ecs-taskdef-privileged", DEFINITION, seen(**definition)) == ()


def test_one_in_use_is_told() -> None:
    """Deregistering would break the next deployment of the service, not the attack."""
    with pytest.raises(PermanentError, match="in use by shop"):
        plan("ecs-taskdef-privileged", DEFINITION, seen(users=["shop"], networkMode="host"))


def test_one_that_cannot_be_started_is_left() -> None:
    """It was deregistered before."""
    assert plan("ecs-taskdef-privileged", DEFINITION, seen(active=False, networkMode="host")) == ()
