"""What a playbook is: a few pure functions and what it says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.signals.signal import Resource, Signal

Parameters = Mapping[str, Json]
"""What a policy hands to its playbook."""


@dataclass(frozen=True)
class Playbook:
    """One problem, known by one file.

    `observe` reads the resource as it is; `plan` says what to change, and changes nothing. Applying, verifying and
    undoing belong to the engine (`opsplane.actions.engine`), and limits to the guards.

    Attributes:
        name: Its name in policies, records and commands.
        summary: One sentence for people.
        problem: What is wrong with a resource, with `{id}` for its id; the title of its item.
        risk: What could go wrong when it acts, in one sentence.
        rights: The IAM actions that observe, apply and undo need; a test compares them with the template.
        runbook: The page for the person on call, under `docs/runbooks/`.
        acts_on: Sample events that it must act on, under `events/`.
        leaves: Sample events that it must leave alone.
        remember: What of a resource in order will be needed to put it back, where no event will tell it.
    """

    name: str
    summary: str
    problem: str
    risk: str
    rights: tuple[str, ...]
    runbook: str
    acts_on: tuple[str, ...]
    leaves: tuple[str, ...]
    observe: Callable[[Api, Resource], Observation]
    plan: Callable[[Signal, Observation, Parameters], tuple[Step, ...]]
    remember: Callable[[Observation, Parameters], JsonObject] | None = None
