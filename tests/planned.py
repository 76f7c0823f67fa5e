"""Planning on a made-up observation, for tests of playbooks."""

from typing import Any

from cloud import ACCOUNT, REGION
from opsplane.errors import ResourceNotFound
from opsplane.playbooks import by_name
from opsplane.playbooks.plan import Call, Observation, Step
from opsplane.playbooks.playbook import Playbook
from opsplane.signals.signal import Resource, Subject


class Answers:
    """Implements Api with prepared answers, by operation; what has none does not exist. An error is raised."""

    def __init__(self, **answers: Any) -> None:
        """Operations, and what they answer."""
        self.answers = answers
        self.asked: list[str] = []

    def call(self, call: Call) -> dict[str, Any]:
        """No test of a plan changes anything."""
        raise AssertionError(call)

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """The prepared answer."""
        self.asked.append(operation)
        found = self.answers.get(operation, ResourceNotFound(f"{service} {operation} {parameters}: NotFound"))
        if isinstance(found, Exception):
            raise found
        answer: dict[str, Any] = found
        return answer


def playbook(name: str) -> Playbook:
    """The playbook of that name."""
    found = by_name(name)
    assert found is not None
    return found


def subject(type_name: str, name: str, **facts: Any) -> Subject:
    """What a signal was about."""
    resource = Resource(type=type_name, id=name, account=ACCOUNT, region=REGION)
    return Subject(resource=resource, facts=facts)


def plan(name: str, about: Subject, found: Observation, **parameters: Any) -> tuple[Step, ...]:
    """What a playbook would do."""
    return playbook(name).plan(about, found, parameters)


def calls(steps: tuple[Step, ...], way: str = "apply") -> list[str]:
    """The operations of the steps there (`apply`) or back (`undo`), in their order."""
    ordered = steps if way == "apply" else tuple(reversed(steps))
    return [call.operation for step in ordered for call in getattr(step, way)]
