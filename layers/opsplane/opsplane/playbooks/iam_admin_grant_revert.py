"""Administrator rights that were given by hand are taken back: an attached policy, an inline one, a new version.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

import json
from dataclasses import dataclass
from typing import Any

from opsplane.exposure.statements import is_administrator
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ADMINISTRATORS = ("AdministratorAccess", "IAMFullAccess")


@dataclass(frozen=True)
class _Holder:
    """How IAM calls what is done to one type of holder of rights."""

    word: str
    key: str


_HOLDERS = {
    "AWS::IAM::User": _Holder("user", "UserName"),
    "AWS::IAM::Role": _Holder("role", "RoleName"),
    "AWS::IAM::Group": _Holder("group", "GroupName"),
}


def observe(api: Api, subject: Subject) -> Observation:
    """Attached and inline policies of a user, role or group; or the default version of a managed policy."""
    if subject.resource.type == "AWS::IAM::ManagedPolicy":
        return _observe_policy(api, subject.resource.id)
    holder, name = _HOLDERS[subject.resource.type], subject.resource.id
    named = {holder.key: name}
    attached = api.read("iam", f"list_attached_{holder.word}_policies", **named)["AttachedPolicies"]
    inline = {
        each: api.read("iam", f"get_{holder.word}_policy", PolicyName=each, **named)["PolicyDocument"]
        for each in api.read("iam", f"list_{holder.word}_policies", **named)["PolicyNames"]
    }
    state: dict[str, Json] = {f"attached policy {each['PolicyArn']}": True for each in attached}
    state |= {f"inline policy {each}": document for each, document in inline.items()}
    tags = {} if holder.word == "group" else tags_of(api.read("iam", f"list_{holder.word}_tags", **named)["Tags"])
    return Observation(tags=tags, state=state, evidence={"attached": attached, "inline": inline})


def _observe_policy(api: Api, arn: str) -> Observation:
    versions = api.read("iam", "list_policy_versions", PolicyArn=arn)["Versions"]
    documents = {
        each["VersionId"]: api.read("iam", "get_policy_version", PolicyArn=arn, VersionId=each["VersionId"])[
            "PolicyVersion"
        ]["Document"]
        for each in versions
    }
    current = next(each["VersionId"] for each in versions if each["IsDefaultVersion"])
    return Observation(state={"default version": current}, evidence={"versions": documents})


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for each grant that the call made, as far as it makes an administrator; others stay."""
    if subject.resource.type == "AWS::IAM::ManagedPolicy":
        return _version_step(subject.resource.id, found)
    touched = subject.facts.get("targets")
    meant = set(touched) if isinstance(touched, list) else set(found.state)
    steps = (
        _detach(subject, target) if target.startswith("attached") else _remove_inline(subject, target, value)
        for target, value in found.state.items()
        if target in meant and _makes_administrator(target, value)
    )
    return tuple(steps)


def _makes_administrator(target: str, value: Json) -> bool:
    if target.startswith("attached policy "):
        return target.rsplit("/", 1)[-1] in _ADMINISTRATORS
    return is_administrator(value)


def _detach(subject: Subject, target: str) -> Step:
    holder, arn = _HOLDERS[subject.resource.type], target.removeprefix("attached policy ")
    named: dict[str, Any] = {holder.key: subject.resource.id, "PolicyArn": arn}

    def to(value: Json) -> tuple[Call, ...]:
        way = "attach" if value else "detach"
        return (call("iam", f"{way}_{holder.word}_policy", **named),)

    summary = f"Detach {arn.rsplit('/', 1)[-1]} from {holder.word} {subject.resource.id}"
    return change(target, summary, before=True, after=None, to=to)


def _remove_inline(subject: Subject, target: str, document: Json) -> Step:
    holder, name = _HOLDERS[subject.resource.type], target.removeprefix("inline policy ")
    named: dict[str, Any] = {holder.key: subject.resource.id, "PolicyName": name}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("iam", f"delete_{holder.word}_policy", **named),)
        return (call("iam", f"put_{holder.word}_policy", PolicyDocument=json.dumps(value), **named),)

    summary = f"Delete inline policy {name} of {holder.word} {subject.resource.id}"
    return change(target, summary, before=document, after=None, to=to)


def _version_step(arn: str, found: Observation) -> tuple[Step, ...]:
    """Back to the newest version that makes no administrator, where there is one."""
    current, versions = str(found.state["default version"]), found.evidence["versions"]
    if not is_administrator(versions[current]):
        return ()
    harmless = [each for each, document in versions.items() if not is_administrator(document)]
    if not harmless:
        return ()
    former = max(harmless, key=lambda each: int(each.removeprefix("v")))

    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "set_default_policy_version", PolicyArn=arn, VersionId=value),)

    summary = f"Make {former} the default version of {arn.rsplit('/', 1)[-1]} again"
    return (change("default version", summary, before=current, after=former, to=to),)


PLAYBOOK = Playbook(
    name="iam-admin-grant-revert",
    family=Family.IDENTITY,
    summary="Takes administrator rights back that somebody gave by hand: attached, inline, or as a new version.",
    problem="{id} was made an administrator",
    risk="Work that needs the rights stops; somebody may have been made an administrator on purpose.",
    rights=(
        "iam:AttachGroupPolicy",
        "iam:AttachRolePolicy",
        "iam:AttachUserPolicy",
        "iam:DeleteGroupPolicy",
        "iam:DeleteRolePolicy",
        "iam:DeleteUserPolicy",
        "iam:DetachGroupPolicy",
        "iam:DetachRolePolicy",
        "iam:DetachUserPolicy",
        "iam:GetGroupPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRolePolicy",
        "iam:GetUserPolicy",
        "iam:ListAttachedGroupPolicies",
        "iam:ListAttachedRolePolicies",
        "iam:ListAttachedUserPolicies",
        "iam:ListGroupPolicies",
        "iam:ListPolicyVersions",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:ListUserPolicies",
        "iam:ListUserTags",
        "iam:PutGroupPolicy",
        "iam:PutRolePolicy",
        "iam:PutUserPolicy",
        "iam:SetDefaultPolicyVersion",
    ),
    acts_on=(
        "cloudtrail/iam-admin-attached-to-user.json",
        "cloudtrail/iam-admin-attached-to-role.json",
        "cloudtrail/iam-admin-attached-to-group.json",
        "cloudtrail/iam-admin-inline-user.json",
        "cloudtrail/iam-admin-inline-role.json",
        "cloudtrail/iam-admin-inline-group.json",
        "cloudtrail/iam-admin-policy-version.json",
    ),
    leaves=("cloudtrail/iam-readonly-attached.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
