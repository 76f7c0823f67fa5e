"""Sessions of a role whose credentials were stolen are ended; the role itself goes on working.

A policy denies everything to tokens that were issued before now. It does nothing against long-lived keys, which have
no issue time: those are disabled instead (iam-key-disable).
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
"""

import json
from datetime import UTC, datetime

from opsplane.errors import PermanentError
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_POLICY = "opsplane-revoke-older-sessions"
_TARGET = f"inline policy {_POLICY}"
_NOT_OURS = ("/aws-service-role/", "/aws-reserved/")


def observe(api: Api, subject: Subject) -> Observation:
    """Whether older sessions are denied already; the role, its trust and its policies as evidence.

    Raises:
        PermanentError: the role belongs to an AWS service or to IAM Identity Center, which undo such changes.
    """
    role = subject.resource.id
    found = api.read("iam", "get_role", RoleName=role)["Role"]
    if any(mark in found["Arn"] for mark in _NOT_OURS):
        message = f"role {role} is managed by AWS: end its sessions where it is managed"
        raise PermanentError(message)
    document = part(api, "iam", "get_role_policy", RoleName=role, PolicyName=_POLICY).get("PolicyDocument")
    return Observation(
        tags=tags_of(found.get("Tags")),
        state={_TARGET: document} if document else {},
        evidence={
            "role": {"arn": found["Arn"], "trust": found.get("AssumeRolePolicyDocument")},
            "attached": api.read("iam", "list_attached_role_policies", RoleName=role)["AttachedPolicies"],
            "inline": api.read("iam", "list_role_policies", RoleName=role)["PolicyNames"],
            "looked_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step: deny what was issued before this moment; older denials are brought up to it."""
    role, now = subject.resource.id, str(found.evidence["looked_at"])
    statement: JsonObject = {
        "Sid": "RevokeOlderSessions",
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": now}},
    }
    after: Json = {"Version": "2012-10-17", "Statement": [statement]}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("iam", "delete_role_policy", RoleName=role, PolicyName=_POLICY),)
        document = json.dumps(value)
        return (call("iam", "put_role_policy", RoleName=role, PolicyName=_POLICY, PolicyDocument=document),)

    summary = f"End all sessions of role {role} that began before {now}"
    return (change(_TARGET, summary, before=found.state.get(_TARGET), after=after, to=to),)


PLAYBOOK = Playbook(
    name="iam-session-revoke",
    family=Family.IDENTITY,
    summary="Ends all sessions of a role that began before now, so that stolen credentials stop working.",
    problem="Sessions of role {id} are in other hands",
    risk="Everything that uses the role is refused until it fetches new credentials.",
    rights=(
        "iam:DeleteRolePolicy",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:PutRolePolicy",
    ),
    acts_on=("guardduty/instance-credentials-outside.json",),
    leaves=("guardduty/role-discovery.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
)
