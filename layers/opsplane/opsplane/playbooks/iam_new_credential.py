"""A credential that somebody made for another user is taken out of use until somebody vouches for it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
"""

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_PASSWORD = "console password"  # noqa: S105 - the name of a target


def observe(api: Api, subject: Subject) -> Observation:
    """The user's keys and whether there is a console password; MFA devices as evidence."""
    user = subject.resource.id
    keys = api.read("iam", "list_access_keys", UserName=user)["AccessKeyMetadata"]
    profile = part(api, "iam", "get_login_profile", UserName=user).get("LoginProfile")
    state: dict[str, Json] = {f"access key {key['AccessKeyId']}": key["Status"] for key in keys}
    if profile:
        state[_PASSWORD] = "set"
    return Observation(
        tags=tags_of(api.read("iam", "list_user_tags", UserName=user)["Tags"]),
        state=state,
        evidence={
            "keys": keys,
            "password": profile,
            "mfa": api.read("iam", "list_mfa_devices", UserName=user)["MFADevices"],
        },
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for the credential that the call made, as long as it is usable.

    Raises:
        PermanentError: an MFA device was taken off, which only its owner can put on again.
    """
    user, target = subject.resource.id, str(subject.facts.get("credential", ""))
    if target == _PASSWORD and found.state.get(_PASSWORD):
        return (
            Step(
                target=_PASSWORD,
                summary=f"Delete the console password of {user}",
                before="set",
                after=None,
                apply=(call("iam", "delete_login_profile", UserName=user),),
                final="a password cannot be put back: its owner sets a new one",
            ),
        )
    if target == "MFA device":
        message = f"the MFA device of {user} was taken off: its owner has to register one again"
        raise PermanentError(message)
    if found.state.get(target) != "Active":
        return ()
    key = target.removeprefix("access key ")

    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "update_access_key", UserName=user, AccessKeyId=key, Status=value),)

    return (change(target, f"Disable access key {key} of {user}", before="Active", after="Inactive", to=to),)


PLAYBOOK = Playbook(
    name="iam-new-credential",
    family=Family.IDENTITY,
    summary="Disables an access key, or deletes a console password, that somebody made for another user.",
    problem="Somebody made a credential for user {id}",
    risk="An administrator who set up a colleague has to say so; a deleted password has to be set anew.",
    rights=(
        "iam:DeleteLoginProfile",
        "iam:GetLoginProfile",
        "iam:ListAccessKeys",
        "iam:ListMFADevices",
        "iam:ListUserTags",
        "iam:UpdateAccessKey",
    ),
    acts_on=("cloudtrail/iam-key-for-another-user.json", "cloudtrail/iam-password-for-another-user.json"),
    leaves=("cloudtrail/iam-key-for-oneself.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
