"""What a playbook would do: one object for dry run, question, execution, undo and audit."""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from pydantic import Field

from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import Json, JsonObject, Line, Model, Name
from opsplane.signals.signal import Resource, Subject

LIVE = "$live"
"""The key of a parameter whose value only live AWS knows; see `live`."""


def live(handle: str) -> JsonObject:
    """A parameter that is filled in from `Observation.handles` at the moment of the call.

    For what cannot be known when a plan is made: a lock token, or the id of something that an earlier step makes.
    """
    return {LIVE: handle}


EVIDENCE = "evidence is kept"
"""Why a step that takes evidence is not undone."""


class Call(Model):
    """One call of the AWS API, in boto3's words: `ec2`, `revoke_security_group_ingress`, its parameters.

    Any value in `parameters` may be `live("a handle")`.
    """

    service: Name
    operation: Name
    parameters: JsonObject


class Step(Model):
    """One change of one target of a resource.

    `target` names the thing inside the resource, e.g. `ingress tcp 22-22 0.0.0.0/0`; `before` is its live value when
    the plan was made and `after` the wanted one (None: absent). `apply` and `undo` are the calls there and back.
    `final` says why the step cannot be undone, or why it is not undone on purpose (evidence is kept); then `undo` is
    empty. The plan shows it before anything is done.
    """

    target: Line
    summary: Line
    before: Json
    after: Json
    apply: tuple[Call, ...]
    undo: tuple[Call, ...] = ()
    final: Line = ""

    @property
    def is_evidence(self) -> bool:
        """Whether it takes evidence, without which nothing behind it may be changed."""
        return self.final == EVIDENCE


def call(service: str, operation: str, /, **parameters: Any) -> Call:
    """A call, written shortly: `call("ec2", "revoke_security_group_ingress", GroupId="sg-1")`."""
    return Call(service=service, operation=operation, parameters=parameters)


def change(  # noqa: PLR0913 - what a step consists of
    target: str, summary: str, *, before: Json, after: Json, to: Callable[[Json], tuple[Call, ...]], final: str = ""
) -> Step:
    """A step of a target that the same calls bring to any value: `to(value)` gives them."""
    undo = () if final else to(before)
    return Step(target=target, summary=summary, before=before, after=after, apply=to(after), undo=undo, final=final)


class Plan(Model):
    """The ordered steps of one playbook on one resource, and the evidence that was captured first.

    `facts` and `parameters` are what the signal and the policy handed to the playbook, so that it can plan again.
    """

    playbook: Name
    resource: Resource
    steps: tuple[Step, ...]
    evidence: JsonObject
    facts: JsonObject = Field(default_factory=dict)
    parameters: dict[str, Json] = Field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """What the playbook looks at."""
        return Subject(resource=self.resource, facts=self.facts)

    @property
    def finals(self) -> tuple[str, ...]:
        """Why some of it cannot be undone, a line for each such step."""
        return tuple(f"{step.target}: {step.final}" for step in self.steps if step.final)

    @property
    def targets(self) -> frozenset[str]:
        """The targets that the steps change."""
        return frozenset(step.target for step in self.steps)

    @property
    def digest(self) -> str:
        """A short hash of the steps: two plans with one digest do the same."""
        return hashlib.sha256("\n".join(step.model_dump_json() for step in self.steps).encode()).hexdigest()[:16]


class Observation(Model):
    """A resource as it is now.

    `state` maps each target that the playbook knows to its value; a target that is absent has no key.
    `evidence` is all that an investigation or an undo might want. `handles` are values that calls need and that only
    live AWS knows, by the names that `live` gives them. `former` is what was remembered of the resource when it was
    last seen in order; empty when it was never seen.
    """

    exists: bool = True
    tags: dict[str, str] = Field(default_factory=dict)
    state: dict[str, Json] = Field(default_factory=dict)
    evidence: JsonObject = Field(default_factory=dict)
    handles: dict[str, Json] = Field(default_factory=dict)
    former: JsonObject = Field(default_factory=dict)


def together(*reads: Callable[[], Any]) -> list[Any]:
    """What reading calls answer that need nothing of each other, asked at the same time; raises what one raises."""
    with ThreadPoolExecutor(len(reads)) as pool:
        return [each.result() for each in [pool.submit(read) for read in reads]]


def part(api: "Api", service: str, operation: str, **parameters: Any) -> dict[str, Any]:
    """What a reading call answers, or nothing where AWS has no such part of a resource (yet)."""
    try:
        return api.read(service, operation, **parameters)
    except ResourceNotFound:
        return {}


def of_type[T](table: Mapping[str, T], subject: Subject) -> T:
    """What a table holds for the subject's type of resource.

    Raises:
        PermanentError: nothing: a control or a rule spoke of something else than the playbook is for.
    """
    resource = subject.resource
    if resource.type not in table:
        message = f"{resource.type} {resource.id} is nothing that can be put right here; it can be: {', '.join(table)}"
        raise PermanentError(message)
    return table[resource.type]


def tags_of(listed: Any) -> dict[str, str]:
    """Tags as AWS lists them, whatever the case of their keys: `[{"Key": "a", "Value": "b"}]` as `{"a": "b"}`."""
    pairs = ({key.lower(): value for key, value in tag.items()} for tag in listed or ())
    return {str(pair.get("key")): str(pair.get("value", "")) for pair in pairs}


class Api(Protocol):
    """The AWS API of one account in one region."""

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call and return its answer.

        Raises:
            AccessDenied, ResourceNotFound: permanent refusals.
            ServiceUnavailable: throttled, timed out, or 5xx.
            PermanentError: any other refusal.
        """
        ...

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call; pages are joined. Raises as `call`."""
        ...
