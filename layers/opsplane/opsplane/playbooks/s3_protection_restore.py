"""What protects a bucket's objects is put back: versioning, encryption, access logging, lifecycle.

Former settings are remembered while they are in order. Without them only what is safe for any bucket is set: versions
are kept, and objects are encrypted.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_SHORT = 7
"""Days: a rule that lets objects expire sooner is taken for an attack on them."""


class _Part(NamedTuple):
    """One protection: how it is read and set, what is in order, and what is safe where nobody knows more.

    `in_order` is asked about a value and the former one (None when it was never seen).
    """

    read: Callable[[Api, dict[str, str]], Json]
    put: Callable[[dict[str, str], Json], Call]
    in_order: Callable[[Json, Json], bool]
    safe: Json


def observe(api: Api, subject: Subject) -> Observation:
    """Each protection that is set, and the bucket's tags."""
    named = {"Bucket": subject.resource.id, "ExpectedBucketOwner": subject.resource.account}
    api.read("s3", "head_bucket", **named)
    state = {name: value for name, each in _PARTS.items() if (value := each.read(api, named)) is not None}
    tags = part(api, "s3", "get_bucket_tagging", **named).get("TagSet")
    return Observation(tags=tags_of(tags), state=state, evidence={name: state.get(name) for name in _PARTS})


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for each protection that the bucket lost, as far as it is known what to put back."""
    named = {"Bucket": subject.resource.id, "ExpectedBucketOwner": subject.resource.account}
    touched = subject.facts.get("targets")
    meant = set(touched) if isinstance(touched, list) else set(_PARTS)
    steps = (_step(name, named, found) for name in _PARTS if name in meant or name in found.former)
    return tuple(step for step in steps if step)


def _step(name: str, named: dict[str, str], found: Observation) -> Step | None:
    each, value = _PARTS[name], found.state.get(name)
    former = found.former.get(name)
    wanted = each.safe if former is None else former
    if each.in_order(value, former) or wanted is None or value == wanted:
        return None

    def to(value: Json) -> tuple[Call, ...]:
        return (each.put(named, value),)

    how = "back to what it was" if name in found.former else "to what is safe for any bucket"
    return change(name, f"Set {name} of {named['Bucket']} {how}", before=value, after=wanted, to=to)


def remember(found: Observation, _: Parameters) -> JsonObject:
    """Each protection that is in order; of one that is not, what was known before."""
    seen = ((name, found.state[name]) for name in _PARTS if name in found.state)
    in_order = {name: value for name, value in seen if _PARTS[name].in_order(value, found.former.get(name))}
    return {**found.former, **in_order}


def _reading(operation: str, key: str) -> Callable[[Api, dict[str, str]], Json]:
    def read(api: Api, named: dict[str, str]) -> Json:
        found: Json = part(api, "s3", operation, **named).get(key)
        return found or None

    return read


def _putting(way: str, parameter: str, take: str) -> Callable[[dict[str, str], Json], Call]:
    def put(named: dict[str, str], value: Json) -> Call:
        if value is None:
            return call("s3", take, **named)
        return call("s3", way, **named, **{parameter: value})

    return put


def _read_lifecycle(api: Api, named: dict[str, str]) -> Json:
    rules = part(api, "s3", "get_bucket_lifecycle_configuration", **named).get("Rules")
    return {"Rules": rules} if rules else None


def _put_versioning(named: dict[str, str], value: Json) -> Call:
    return call("s3", "put_bucket_versioning", **named, VersioningConfiguration={"Status": value or "Suspended"})


def _put_logging(named: dict[str, str], value: Json) -> Call:
    status: dict[str, Any] = {} if value is None else {"LoggingEnabled": value}
    return call("s3", "put_bucket_logging", **named, BucketLoggingStatus=status)


def _is_encrypted(value: Json, former: Json) -> bool:
    """Whether it is encrypted, and not with S3's own key where a key of KMS was in use.

    S3 encrypts every bucket with its own key since 2023; deleting the setting falls back to that.
    """
    return value is not None and (_KMS not in str(former) or _KMS in str(value))


def _keeps_objects(value: Json, _: Json) -> bool:
    """Whether no rule lets objects expire within days."""
    found: Any = value.get("Rules") if isinstance(value, dict) else None
    rules: list[Any] = found if isinstance(found, list) else []
    days = [each.get("Expiration", {}).get("Days") for each in rules if each.get("Status") == "Enabled"]
    return bool(rules) and not any(isinstance(each, int) and each < _SHORT for each in days)


_KMS = "aws:kms"
_SSE_S3: Json = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}

_PARTS: dict[str, _Part] = {
    "versioning": _Part(
        _reading("get_bucket_versioning", "Status"), _put_versioning, lambda value, _: value == "Enabled", "Enabled"
    ),
    "encryption": _Part(
        _reading("get_bucket_encryption", "ServerSideEncryptionConfiguration"),
        _putting("put_bucket_encryption", "ServerSideEncryptionConfiguration", "delete_bucket_encryption"),
        _is_encrypted,
        {"Rules": [_SSE_S3]},
    ),
    "access logging": _Part(
        _reading("get_bucket_logging", "LoggingEnabled"), _put_logging, lambda value, _: value is not None, None
    ),
    "lifecycle": _Part(
        _read_lifecycle,
        _putting("put_bucket_lifecycle_configuration", "LifecycleConfiguration", "delete_bucket_lifecycle"),
        _keeps_objects,
        None,
    ),
}

PLAYBOOK = Playbook(
    name="s3-protection-restore",
    family=Family.STORAGE,
    summary="Puts versioning, encryption, access logging and lifecycle of a bucket back to what they were.",
    problem="Bucket {id} lost a protection of its objects",
    risk="Versions cost storage; a lifecycle that was shortened on purpose is long again.",
    rights=(
        "s3:GetBucketLogging",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:ListBucket",
        "s3:PutBucketLogging",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
    ),
    acts_on=(
        "cloudtrail/s3-versioning-suspended.json",
        "cloudtrail/s3-encryption-deleted.json",
        "cloudtrail/s3-logging-off.json",
        "cloudtrail/s3-lifecycle-shortened.json",
    ),
    leaves=("cloudtrail/s3-versioning-enabled.json",),
    observe=observe,
    plan=plan,
    remember=remember,
)
