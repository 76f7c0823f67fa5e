"""An access key that an attacker uses, or that AWS found in public, is disabled.

The key is not deleted: what still depends on it is seen, and undo is one call. AWS's own quarantine policy
(AWSCompromisedKeyQuarantine…) stays where it is.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
"""

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


def observe(api: Api, subject: Subject) -> Observation:
    """The user's keys and their states; groups, policies, console password and MFA devices as evidence."""
    user = subject.resource.id
    keys = api.read("iam", "list_access_keys", UserName=user)["AccessKeyMetadata"]
    wanted = subject.facts.get("access_key")
    if wanted and wanted not in {key["AccessKeyId"] for key in keys}:
        message = f"user {user} has no access key {wanted}"
        raise ResourceNotFound(message)
    return Observation(
        tags=tags_of(api.read("iam", "list_user_tags", UserName=user)["Tags"]),
        state={_target(key["AccessKeyId"]): key["Status"] for key in keys},
        evidence={
            "keys": keys,
            "last_used": {
                key["AccessKeyId"]: api.read("iam", "get_access_key_last_used", AccessKeyId=key["AccessKeyId"])
                for key in keys
            },
            "attached": api.read("iam", "list_attached_user_policies", UserName=user)["AttachedPolicies"],
            "inline": api.read("iam", "list_user_policies", UserName=user)["PolicyNames"],
            "groups": [each["GroupName"] for each in api.read("iam", "list_groups_for_user", UserName=user)["Groups"]],
            "password": part(api, "iam", "get_login_profile", UserName=user).get("LoginProfile"),
            "mfa": api.read("iam", "list_mfa_devices", UserName=user)["MFADevices"],
        },
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for the key that the signal names, if it is active; for every active one when it names none."""
    user, wanted = subject.resource.id, subject.facts.get("access_key")
    active = [target for target, status in found.state.items() if status == "Active"]
    meant = [target for target in active if wanted is None or target == _target(str(wanted))]
    return tuple(_disable(user, target) for target in meant)


def _target(key: str) -> str:
    return f"access key {key}"


def _disable(user: str, target: str) -> Step:
    key = target.removeprefix("access key ")

    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "update_access_key", UserName=user, AccessKeyId=key, Status=value),)

    return change(target, f"Disable access key {key} of {user}", before="Active", after="Inactive", to=to)


PLAYBOOK = Playbook(
    name="iam-key-disable",
    family=Family.IDENTITY,
    summary="Disables an access key that an attacker uses or that AWS found in public.",
    problem="An access key of {id} is in other hands",
    risk="Whatever runs with this key stops until it gets another one.",
    rights=(
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:ListAccessKeys",
        "iam:ListAttachedUserPolicies",
        "iam:ListGroupsForUser",
        "iam:ListMFADevices",
        "iam:ListUserPolicies",
        "iam:ListUserTags",
        "iam:UpdateAccessKey",
    ),
    acts_on=("guardduty/iam-key-malicious-ip.json", "health/access-key-exposed.json"),
    leaves=("guardduty/iam-key-discovery.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
)
