"""Administrator rights that were given by hand are taken back: a policy, a new version of one, a place in a group.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

import json
from dataclasses import dataclass
from typing import Any

from opsplane.errors import PermanentError
from opsplane.exposure.administrators import MEMBERSHIP, is_administrator, is_for_administrators
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, of_type, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


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
_ATTACHED, _INLINE = "attached policy ", "inline policy "


def observe(api: Api, subject: Subject) -> Observation:
    """Attached and inline policies of a user, role or group, and a user's groups; or the versions of a managed policy.

    What an attached policy of the account or a group allows is read as far as the signal names it.
    """
    if subject.resource.type == "AWS::IAM::ManagedPolicy":
        return _observe_policy(api, subject.resource.id)
    holder, name = of_type(_HOLDERS, subject), subject.resource.id
    meant = _meant(subject)
    attached, inline = _policies_of(api, holder, name)
    state: dict[str, Json] = {f"{_ATTACHED}{arn}": True for arn in attached}
    state |= {f"{_INLINE}{each}": document for each, document in inline.items()}
    evidence: JsonObject = {"attached": attached, "inline": inline, "documents": _documents(api, attached, meant)}
    for group in sorted(each.removeprefix(MEMBERSHIP) for each in meant if each.startswith(MEMBERSHIP)):
        if group in {each["GroupName"] for each in api.read("iam", "list_groups_for_user", UserName=name)["Groups"]}:
            state[f"{MEMBERSHIP}{group}"] = True
            evidence[f"group {group}"] = _rights_of(api, group)
    return Observation(tags=_tags(api, holder, name), state=state, evidence=evidence)


def _tags(api: Api, holder: _Holder, name: str) -> dict[str, str]:
    """Of users and roles; groups have none."""
    if holder.word == "group":
        return {}
    return tags_of(api.read("iam", f"list_{holder.word}_tags", **_named(holder, name))["Tags"])


def _named(holder: _Holder, name: str) -> dict[str, str]:
    return {holder.key: name}


def _meant(subject: Subject) -> frozenset[str]:
    touched = subject.facts.get("targets")
    return frozenset(str(each) for each in touched) if isinstance(touched, list) else frozenset()


def _policies_of(api: Api, holder: _Holder, name: str) -> tuple[list[str], dict[str, Json]]:
    """ARNs of attached policies, and documents of inline ones by their names."""
    named = _named(holder, name)
    listed = api.read("iam", f"list_attached_{holder.word}_policies", **named)["AttachedPolicies"]
    inline = {
        each: api.read("iam", f"get_{holder.word}_policy", PolicyName=each, **named)["PolicyDocument"]
        for each in api.read("iam", f"list_{holder.word}_policies", **named)["PolicyNames"]
    }
    return [each["PolicyArn"] for each in listed], inline


def _documents(api: Api, attached: list[str], meant: frozenset[str]) -> JsonObject:
    """What policies of the account say, of those that are meant; AWS's own are known by their names."""
    own = [arn for arn in attached if f"{_ATTACHED}{arn}" in meant and ":iam::aws:" not in arn]
    return {arn: _document(api, arn) for arn in own}


def _document(api: Api, arn: str) -> Json:
    version = api.read("iam", "get_policy", PolicyArn=arn)["Policy"]["DefaultVersionId"]
    found: Json = api.read("iam", "get_policy_version", PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    return found


def _rights_of(api: Api, group: str) -> JsonObject:
    """What a group gives to its members."""
    attached, inline = _policies_of(api, _HOLDERS["AWS::IAM::Group"], group)
    documents = _documents(api, attached, frozenset(f"{_ATTACHED}{arn}" for arn in attached))
    return {"attached": attached, "inline": inline, "documents": documents}


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
    meant = _meant(subject) or frozenset(found.state)
    return tuple(
        _step(subject, target, value)
        for target, value in found.state.items()
        if target in meant and _makes_administrator(target, value, found.evidence)
    )


def _step(subject: Subject, target: str, value: Json) -> Step:
    if target.startswith(_ATTACHED):
        return _detach(subject, target)
    return _leave_group(subject, target) if target.startswith(MEMBERSHIP) else _remove_inline(subject, target, value)


def _makes_administrator(target: str, value: Json, evidence: JsonObject) -> bool:
    if target.startswith(_ATTACHED):
        arn = target.removeprefix(_ATTACHED)
        return is_for_administrators(arn) or is_administrator(evidence.get("documents", {}).get(arn))
    if target.startswith(MEMBERSHIP):
        rights = evidence[f"group {target.removeprefix(MEMBERSHIP)}"]
        documents = (*rights["inline"].values(), *rights["documents"].values())
        return any(map(is_for_administrators, rights["attached"])) or any(map(is_administrator, documents))
    return is_administrator(value)


def _leave_group(subject: Subject, target: str) -> Step:
    user, group = subject.resource.id, target.removeprefix(MEMBERSHIP)

    def to(value: Json) -> tuple[Call, ...]:
        operation = "add_user_to_group" if value else "remove_user_from_group"
        return (call("iam", operation, UserName=user, GroupName=group),)

    return change(target, f"Take user {user} out of group {group}", before=True, after=None, to=to)


def _detach(subject: Subject, target: str) -> Step:
    holder, arn = of_type(_HOLDERS, subject), target.removeprefix(_ATTACHED)
    named: dict[str, Any] = {holder.key: subject.resource.id, "PolicyArn": arn}

    def to(value: Json) -> tuple[Call, ...]:
        way = "attach" if value else "detach"
        return (call("iam", f"{way}_{holder.word}_policy", **named),)

    summary = f"Detach {arn.rsplit('/', 1)[-1]} from {holder.word} {subject.resource.id}"
    return change(target, summary, before=True, after=None, to=to)


def _remove_inline(subject: Subject, target: str, document: Json) -> Step:
    holder, name = of_type(_HOLDERS, subject), target.removeprefix(_INLINE)
    named: dict[str, Any] = {holder.key: subject.resource.id, "PolicyName": name}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("iam", f"delete_{holder.word}_policy", **named),)
        return (call("iam", f"put_{holder.word}_policy", PolicyDocument=json.dumps(value), **named),)

    summary = f"Delete inline policy {name} of {holder.word} {subject.resource.id}"
    return change(target, summary, before=document, after=None, to=to)


def _version_step(arn: str, found: Observation) -> tuple[Step, ...]:
    """Back to the newest version that makes no administrator.

    Raises:
        PermanentError: there is none.
    """
    current, versions = str(found.state["default version"]), found.evidence["versions"]
    if not is_administrator(versions[current]):
        return ()
    harmless = [each for each, document in versions.items() if not is_administrator(document)]
    if not harmless:
        message = f"every version of {arn} makes administrators: nobody knows what it said before"
        raise PermanentError(message)
    former = max(harmless, key=lambda each: int(each.removeprefix("v")))

    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "set_default_policy_version", PolicyArn=arn, VersionId=value),)

    summary = f"Make {former} the default version of {arn.rsplit('/', 1)[-1]} again"
    return (change("default version", summary, before=current, after=former, to=to),)


PLAYBOOK = Playbook(
    name="iam-admin-grant-revert",
    family=Family.IDENTITY,
    summary="Takes administrator rights back that somebody gave: a policy, a version of one, a place in a group.",
    problem="{id} was made an administrator",
    risk="Work that needs the rights stops; somebody may have been made an administrator on purpose.",
    rights=(
        "iam:AddUserToGroup",
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
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRolePolicy",
        "iam:GetUserPolicy",
        "iam:ListAttachedGroupPolicies",
        "iam:ListAttachedRolePolicies",
        "iam:ListAttachedUserPolicies",
        "iam:ListGroupPolicies",
        "iam:ListGroupsForUser",
        "iam:ListPolicyVersions",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:ListUserPolicies",
        "iam:ListUserTags",
        "iam:PutGroupPolicy",
        "iam:PutRolePolicy",
        "iam:PutUserPolicy",
        "iam:RemoveUserFromGroup",
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
        "cloudtrail/iam-admin-own-policy-attached.json",
        "cloudtrail/iam-admin-default-version.json",
        "cloudtrail/iam-admin-group-joined.json",
    ),
    leaves=("cloudtrail/iam-readonly-attached.json", "cloudtrail/iam-group-joined.json"),
    observe=observe,
    plan=plan,
    disruptive=True,
)
