"""What a playbook would do: one object for dry run, question, execution, undo and audit."""

import hashlib
import re
from typing import Any, Protocol

from pydantic import Field

from opsplane.model import Json, JsonObject, Line, Model, Name
from opsplane.signals.signal import Resource


class Call(Model):
    """One call of the AWS API, in boto3's words: `ec2`, `revoke_security_group_ingress`, its parameters."""

    service: Name
    operation: Name
    parameters: JsonObject


class Step(Model):
    """One change of one target of a resource.

    `target` names the thing inside the resource, e.g. `ingress tcp 22-22 0.0.0.0/0`; `before` is its live value when
    the plan was made and `after` the wanted one (None: absent). `apply` and `undo` are the calls there and back.
    """

    target: Line
    summary: Line
    before: Json
    after: Json
    apply: tuple[Call, ...]
    undo: tuple[Call, ...]


class Plan(Model):
    """The ordered steps of one playbook on one resource, and the evidence that was captured first."""

    playbook: Name
    resource: Resource
    steps: tuple[Step, ...]
    evidence: JsonObject

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
    `evidence` is all that an investigation or an undo might want. `former` is what was remembered of the resource when
    it was last seen in order; empty when it was never seen.
    """

    exists: bool = True
    tags: dict[str, str] = Field(default_factory=dict)
    state: dict[str, Json] = Field(default_factory=dict)
    evidence: JsonObject = Field(default_factory=dict)
    former: JsonObject = Field(default_factory=dict)


class Api(Protocol):
    """The AWS API of the account and region that opsplane serves."""

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


def iam_action(call: Call) -> str:
    """The IAM action that allows a call, e.g. `ec2:RevokeSecurityGroupIngress`.

    Most actions are the operation's name; S3 differs: https://docs.aws.amazon.com/service-authorization/latest/reference/
    """
    operation = re.sub(r"(?:^|_)([a-z0-9])", lambda found: found.group(1).upper(), call.operation)
    return f"{call.service}:{_S3_ACTIONS.get(operation, operation) if call.service == 's3' else operation}"


_S3_ACTIONS = {
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
}
