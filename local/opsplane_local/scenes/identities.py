"""Scenes with IAM: administrators made by hand, roles that trust strangers, keys and passwords."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.making import TAGS, finding_of, hub_resource, request_of, unless_there
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_THERE = "EntityAlreadyExists"
_SERVICE = {"Service": "ec2.amazonaws.com"}
_EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
_LITTLE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


def attach_administrator(stage: Stage, _: str, event: Event) -> Scene:
    """Attach the sample's policy to its user, role or group, beside another one."""
    request = request_of(event)
    word, name, named = _holder(request)
    _ensure_holder(stage, word, name)
    attach: Any = getattr(stage.client("iam"), f"attach_{word}_policy")
    for arn in ("arn:aws:iam::aws:policy/ReadOnlyAccess", request["policyArn"]):
        _ensure_managed(stage, arn)
        attach(PolicyArn=arn, **named)
    return Scene(event, f"{word} {name}, made an administrator", (name,))


def _ensure_managed(stage: Stage, arn: str) -> None:
    """A policy of the account's own allows everything. AWS's own are there, or the emulator takes any ARN."""
    iam = stage.client("iam")
    if ":iam::aws:" in arn:
        with unless_there("NoSuchEntity"):
            iam.get_policy(PolicyArn=arn)
        return
    with unless_there(_THERE):
        iam.create_policy(PolicyName=arn.rsplit("/", 1)[-1], PolicyDocument=json.dumps(_EVERYTHING))


def join_group(stage: Stage, name: str, event: Event) -> Scene:
    """Put the sample's user into its group, which makes administrators where the sample says so."""
    iam, request = stage.client("iam"), request_of(event)
    user, group = request["userName"], request["groupName"]
    _ensure_holder(stage, "user", user)
    _ensure_holder(stage, "group", group)
    rights = _EVERYTHING if "admin" in name else _LITTLE
    iam.put_group_policy(GroupName=group, PolicyName="rights", PolicyDocument=json.dumps(rights))
    iam.add_user_to_group(UserName=user, GroupName=group)
    return Scene(event, f"user {user} in group {group}", (user,))


def put_administrator(stage: Stage, _: str, event: Event) -> Scene:
    """Put the sample's inline policy on its user, role or group, beside another one."""
    request = request_of(event)
    word, name, named = _holder(request)
    _ensure_holder(stage, word, name)
    put: Any = getattr(stage.client("iam"), f"put_{word}_policy")
    put(PolicyName="little", PolicyDocument=json.dumps(_LITTLE), **named)
    put(PolicyName=request["policyName"], PolicyDocument=json.dumps(_EVERYTHING), **named)
    return Scene(event, f"{word} {name} with an inline policy that allows everything", (name,))


def _holder(request: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
    word = next(each for each in ("user", "role", "group") if f"{each}Name" in request)
    return word, request[f"{word}Name"], {f"{word.title()}Name": request[f"{word}Name"]}


def _ensure_holder(stage: Stage, word: str, name: str) -> None:
    iam = stage.client("iam")
    with unless_there(_THERE):
        if word == "user":
            iam.create_user(UserName=name, Tags=TAGS)
        elif word == "group":
            iam.create_group(GroupName=name)
        else:
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(_trust(_SERVICE)), Tags=TAGS)


def add_policy_version(stage: Stage, _: str, event: Event) -> Scene:
    """Give a managed policy a default version that allows everything."""
    iam, arn = stage.client("iam"), request_of(event)["policyArn"]
    name = arn.rsplit("/", 1)[-1]
    with unless_there(_THERE):
        iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(_LITTLE))
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if version["VersionId"] != "v1":
            iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(_EVERYTHING), SetAsDefault=True)
    return Scene(event, f"policy {name}, whose new version allows everything", (arn,))


def _trust(principal: dict[str, str]) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def change_trust(stage: Stage, name: str, event: Event) -> Scene:
    """Give a role the sample's trust; the former one was a service, and was seen where the sample says so."""
    iam, role = stage.client("iam"), request_of(event)["roleName"]
    _ensure_holder(stage, "role", role)
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(_trust(_SERVICE)))

    def change() -> None:
        iam.update_assume_role_policy(RoleName=role, PolicyDocument=request_of(event)["policyDocument"])

    description = f"role {role}, whose trust was changed"
    if name == "iam-trust-foreign-account":
        return Scene(event, description, (role,), then=change)
    change()
    return Scene(event, description, (role,))


def make_key(stage: Stage, _: str, event: Event) -> Scene:
    """Make an access key for the sample's user, and no other one."""
    said = request_of(event)["userName"]
    key = _only_key(stage, said)
    old = event["detail"]["responseElements"]["accessKey"]["accessKeyId"]
    return Scene(substitute(event, {old: key}), f"user {said} with the new key {key}", (said,))


def _only_key(stage: Stage, user: str) -> str:
    iam = stage.client("iam")
    _ensure_holder(stage, "user", user)
    for each in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=user, AccessKeyId=each["AccessKeyId"])
    key: str = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    return key


def make_password(stage: Stage, _: str, event: Event) -> Scene:
    """Set a console password for the sample's user."""
    iam, user = stage.client("iam"), request_of(event)["userName"]
    _ensure_holder(stage, "user", user)
    with unless_there(_THERE):
        iam.create_login_profile(UserName=user, Password="Sample-Only-1234", PasswordResetRequired=True)  # noqa: S106
    return Scene(event, f"user {user} with a new console password", (user,))


def steal_key(stage: Stage, _: str, event: Event) -> Scene:
    """Have the user and the key of a GuardDuty finding or of an event of AWS Health."""
    if event["source"] == "aws.health":
        user, old = event["detail"]["eventMetadata"]["username"], event["detail"]["affectedEntities"][0]["entityValue"]
    else:
        details = finding_of(event)["accessKeyDetails"]
        user, old = details["userName"], details["accessKeyId"]
    key = _only_key(stage, user)
    return Scene(substitute(event, {old: key}), f"user {user} with the key {key}", (user,))


def steal_session(stage: Stage, _: str, event: Event) -> Scene:
    """Have the role of a finding, without a policy of ours."""
    role = finding_of(event)["accessKeyDetails"]["userName"]
    _ensure_holder(stage, "role", role)
    with unless_there("NoSuchEntity"):
        stage.client("iam").delete_role_policy(RoleName=role, PolicyName="opsplane-revoke-older-sessions")
    return Scene(event, f"role {role}", (role,))


def leave_key_unused(stage: Stage, name: str, event: Event) -> Scene:
    """Have a user whose key is old enough: nobody can make an old key, so that the policy's `days` decide."""
    user = f"opsplane-sample-{name}"
    key = _only_key(stage, user)
    identity = stage.client("iam").get_user(UserName=user)["User"]["UserId"]
    if event["source"] == "aws.config":
        filled = substitute(event, {event["detail"]["resourceId"]: identity})
    else:
        filled = substitute(event, {hub_resource(event).rsplit("/", 1)[-1]: user})
    return Scene(filled, f"user {user} with the key {key}", (user,))
