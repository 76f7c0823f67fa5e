"""Access keys that nobody has used for months are disabled: nobody misses them until somebody finds them.

https://docs.aws.amazon.com/config/latest/developerguide/iam-user-unused-credentials-check.html
"""

from datetime import UTC, datetime, timedelta

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, live, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_DAYS = 90


def observe(api: Api, subject: Subject) -> Observation:
    """The user's keys, each with its state and the day on which it was last used or made."""
    user = _name(api, subject)
    keys = api.read("iam", "list_access_keys", UserName=user)["AccessKeyMetadata"]
    used = {key["AccessKeyId"]: _last_use(api, key) for key in keys}
    return Observation(
        tags=tags_of(api.read("iam", "list_user_tags", UserName=user)["Tags"]),
        state={f"access key {key['AccessKeyId']}": key["Status"] for key in keys},
        handles={"user": user},
        evidence={
            "user": user,
            "last_used": {key: f"{at:%Y-%m-%d}" for key, at in used.items()},
            "looked_at": f"{datetime.now(UTC):%Y-%m-%d}",
        },
    )


def _name(api: Api, subject: Subject) -> str:
    """The user's name; AWS Config gives the internal id (`AIDA…`)."""
    name = subject.resource.id
    if "rule" not in subject.facts:
        return name
    users = api.read("iam", "list_users")["Users"]
    found = next((user["UserName"] for user in users if user["UserId"] == name), None)
    if found is None:
        message = f"there is no IAM user {name}"
        raise ResourceNotFound(message)
    return str(found)


def _last_use(api: Api, key: dict[str, object]) -> datetime:
    """When a key was last used, or made when it never was."""
    found = api.read("iam", "get_access_key_last_used", AccessKeyId=key["AccessKeyId"])
    at = found["AccessKeyLastUsed"].get("LastUsedDate") or key["CreateDate"]
    return at if isinstance(at, datetime) else datetime.now(UTC)


def plan(_: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step for each active key that was not used for so many days (`days`, 90 unless policy says otherwise)."""
    days = parameters.get("days", _DAYS)
    today = datetime.fromisoformat(str(found.evidence["looked_at"]))
    limit = today - timedelta(days=days if isinstance(days, int) else _DAYS)
    user, used = str(found.evidence["user"]), found.evidence["last_used"]
    old = (key for key, day in used.items() if datetime.fromisoformat(day) <= limit)
    return tuple(
        _disable(user, key, used[key]) for key in sorted(old) if found.state.get(f"access key {key}") == "Active"
    )


def _disable(user: str, key: str, day: str) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        return (call("iam", "update_access_key", UserName=live("user"), AccessKeyId=key, Status=value),)

    summary = f"Disable access key {key} of {user}, last used on {day}"
    return change(f"access key {key}", summary, before="Active", after="Inactive", to=to)


PLAYBOOK = Playbook(
    name="iam-unused-credentials",
    family=Family.IDENTITY,
    summary="Disables access keys that nobody has used for months.",
    problem="User {id} has access keys that nobody uses",
    risk="A job that runs once a year finds its key disabled.",
    rights=(
        "iam:GetAccessKeyLastUsed",
        "iam:ListAccessKeys",
        "iam:ListUserTags",
        "iam:ListUsers",
        "iam:UpdateAccessKey",
    ),
    acts_on=("config/iam-unused-noncompliant.json", "securityhub/iam-unused.json"),
    leaves=("config/iam-unused-compliant.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
)
