"""What a playbook is: a few pure functions and what it says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.signals.signal import Subject

Parameters = Mapping[str, Json]
"""What a policy hands to its playbook."""

HUB_ACCOUNT = "opsplane_account"
"""The parameter that names opsplane's own account, in plans for other accounts."""


class Family(StrEnum):
    """Playbooks of one family share a managed policy in the template."""

    NETWORK = "network"
    COMPUTE = "compute"
    STORAGE = "storage"
    IDENTITY = "identity"
    DETECTION = "detection"
    DATA = "data"
    APPLICATION = "application"


@dataclass(frozen=True)
class Playbook:
    """One problem, known by one file, which has the playbook's name.

    `observe` reads the resource as it is; `plan` says what to change, and changes nothing. Applying, verifying and
    undoing belong to the engine (`opsplane.actions.engine`), and limits to the guards.

    Attributes:
        name: Its name in policies, records and commands.
        family: Whose managed policy carries its rights.
        summary: One sentence for people.
        problem: What is wrong with a resource, with `{id}` for its id; the title of its item.
        risk: What could go wrong when it acts, in one sentence.
        rights: The IAM actions that observe, apply and undo need, sorted; tests compare them with what is called and
            with what the template grants.
        acts_on: Sample events that it must act on, under `events/`.
        leaves: Sample events that it must leave alone.
        observe: Reads the subject as it is now.
        look: Reads state and handles only, where that takes fewer calls: the engine asks before and after each change.
        plan: The steps that put it right; none when there is nothing to do. It raises PermanentError when something is
            wrong that it cannot put right, e.g. because nobody knows the former setting: then people are told.
        lasts: How long what it did stands before it is taken back by itself, or None when it stays.
        remember: What of a resource in order will be needed to put it back, where no event will tell it.
        caution: A reason to ask a person about this very plan although the policy says enforce, or None.
        disruptive: Whether it could take down a service; the shipped policies never enforce it in prod.
        contains: Whether it answers an attack: then its evidence is kept in a case file before anything is changed.
        rolls_back: Whether a plan that fails half-way is put back; False where every step by itself makes it safer.
            Then a step that is refused does not keep those behind it from being made, unless it takes evidence.
    """

    name: str
    family: Family
    summary: str
    problem: str
    risk: str
    rights: tuple[str, ...]
    acts_on: tuple[str, ...]
    leaves: tuple[str, ...]
    observe: Callable[[Api, Subject], Observation]
    plan: Callable[[Subject, Observation, Parameters], tuple[Step, ...]]
    look: Callable[[Api, Subject], Observation] | None = None
    remember: Callable[[Observation, Parameters], JsonObject] | None = None
    caution: Callable[[Subject, Observation, Parameters], str | None] | None = None
    lasts: Callable[[Parameters], timedelta | None] | None = None
    disruptive: bool = False
    contains: bool = False
    rolls_back: bool = True

    @property
    def runbook(self) -> str:
        """The page for the person on call, under `docs/runbooks/`."""
        return f"{self.name}.md"
