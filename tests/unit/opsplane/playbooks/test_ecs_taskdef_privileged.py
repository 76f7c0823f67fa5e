"""A task definition with rights on its host."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import Answers, plan, playbook, subject

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
    restores = [{"key": "opsplane:restores", "value": "web:7"}]
    assert step.undo[0].parameters == {"family": "web", **definition, "tags": restores}


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


class Registry(Answers):
    """ECS with revisions of one family: their status and tags by their numbers."""

    def __init__(self, **revisions: tuple[str, dict[str, str]]) -> None:
        """`r7=("ACTIVE", {"team": "shop"})`."""
        super().__init__()
        self.revisions = {int(name[1:]): facts for name, facts in revisions.items()}

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Describe or list them."""
        self.asked.append(f"{operation} {parameters.get('taskDefinition', '')}".strip())
        if operation == "list_task_definitions":
            active = [number for number, (status, _) in self.revisions.items() if status == "ACTIVE"]
            return {"taskDefinitionArns": [f"arn/web:{number}" for number in active]}
        if operation == "describe_task_definition":
            number = int(parameters["taskDefinition"].rsplit(":", 1)[-1])
            status, tags = self.revisions[number]
            arn = f"arn/web:{number}"
            definition = {"family": "web", "taskDefinitionArn": arn, "revision": number, "status": status}
            return {"taskDefinition": definition, "tags": [{"key": key, "value": tags[key]} for key in tags]}
        return super().read(service, operation, **parameters)


def startable(about: Subject, api: Registry) -> object:
    """Whether the playbook thinks that it can be started."""
    return playbook("ecs-taskdef-privileged").observe(api, about).state["can be started"]


def test_another_revision_with_the_same_content_does_not_keep_it_from_being_verified() -> None:
    """Teams register the same content at each deployment; each revision is judged by its own event."""
    assert startable(DEFINITION, Registry(r6=("ACTIVE", {}), r7=("INACTIVE", {}), r8=("ACTIVE", {}))) is False


def test_a_revision_that_an_undo_registered_stands_in_for_it() -> None:
    """A number that was deregistered does not come back."""
    assert startable(DEFINITION, Registry(r7=("INACTIVE", {}), r9=("ACTIVE", {"opsplane:restores": "web:7"}))) is True


def test_older_revisions_are_not_asked_about() -> None:
    """A family may have thousands."""
    api = Registry(r5=("ACTIVE", {}), r6=("ACTIVE", {}), r7=("INACTIVE", {}))

    startable(DEFINITION, api)

    assert api.asked == ["describe_task_definition web:7", "list_task_definitions"]


def test_undo_gives_its_tags_back_but_those_of_aws() -> None:
    """ECS refuses tags that begin with aws: from anybody but itself."""
    found = seen(networkMode="host").model_copy(update={"tags": {"team": "shop", "aws:cloudformation:stack-name": "s"}})

    [step] = plan("ecs-taskdef-privileged", DEFINITION, found)

    assert {each["key"] for each in step.undo[0].parameters["tags"]} == {"team", "opsplane:restores"}


def test_one_in_whose_place_another_was_registered_is_left() -> None:
    """ECS refuses to deregister what is inactive."""
    found = seen(networkMode="host", status="INACTIVE")

    assert plan("ecs-taskdef-privileged", DEFINITION, found) == ()
