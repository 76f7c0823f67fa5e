"""What protects a bucket's objects is put back: versioning, encryption, access logging, lifecycle, replication.

Former settings are remembered while they are in order. Without them only what is safe for any bucket is set: versions
are kept, and objects are encrypted.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_SHORT = 7
"""Days: a rule that lets objects expire sooner is taken for an attack on them."""


class _Part(NamedTuple):
    """One protection: how it is read and set, what is in order, and what is safe where nobody knows more.

    `in_order` is asked about a value, the former one (None when it was never seen), and the bucket's account.
    """

    read: Callable[[Api, dict[str, str]], Json]
    put: Callable[[dict[str, str], Json], Call]
    in_order: Callable[[Json, Json, str], bool]
    safe: Json


def observe(api: Api, subject: Subject) -> Observation:
    """Each protection that is set, and the bucket's tags."""
    named = {"Bucket": subject.resource.id, "ExpectedBucketOwner": subject.resource.account}
    api.read("s3", "head_bucket", **named)
    state = {name: value for name, each in _PARTS.items() if (value := each.read(api, named)) is not None}
    tags = part(api, "s3", "get_bucket_tagging", **named).get("TagSet")
    evidence = {"account": subject.resource.account, **{name: state.get(name) for name in _PARTS}}
    return Observation(tags=tags_of(tags), state=state, evidence=evidence)


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for each protection that the bucket lost, as far as it is known what to put back."""
    named = {"Bucket": subject.resource.id, "ExpectedBucketOwner": subject.resource.account}
    meant = _meant(subject)
    steps = (_step(name, named, found) for name in _PARTS if name in meant or name in found.former)
    return tuple(step for step in steps if step)


def _meant(subject: Subject) -> set[str]:
    """The protections that the signal is about; all when it does not say."""
    touched = subject.facts.get("targets")
    if isinstance(touched, list):
        return {str(each) for each in touched}
    said = " ".join(str(subject.facts.get(fact, "")) for fact in ("control", "rule", "type"))
    return {part for word, part in _FINDINGS.items() if word in said} or set(_PARTS)


def _step(name: str, named: dict[str, str], found: Observation) -> Step | None:
    each, value = _PARTS[name], found.state.get(name)
    former = found.former.get(name)
    wanted = each.safe if former is None else former
    if each.in_order(value, former, named["ExpectedBucketOwner"]) or wanted is None or value == wanted:
        return None

    def to(value: Json) -> tuple[Call, ...]:
        return (each.put(named, value),)

    how = "back to what it was" if name in found.former else "to what is safe for any bucket"
    return change(name, f"Set {name} of {named['Bucket']} {how}", before=value, after=wanted, to=to)


def remember(found: Observation, _: Parameters) -> JsonObject:
    """Each protection that is in order; of one that is not, what was known before."""
    seen = ((name, found.state[name]) for name in _PARTS if name in found.state)
    owner = str(found.evidence.get("account", ""))
    in_order = {name: value for name, value in seen if _PARTS[name].in_order(value, found.former.get(name), owner)}
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


def _read_versioning(api: Api, named: dict[str, str]) -> Json:
    """A bucket that never had versions counts as suspended: S3 takes them from no bucket that once had them."""
    return str(part(api, "s3", "get_bucket_versioning", **named).get("Status") or "Suspended")


def _read_lifecycle(api: Api, named: dict[str, str]) -> Json:
    found = part(api, "s3", "get_bucket_lifecycle_configuration", **named)
    kept: Json = {key: _plain(found[key]) for key in ("Rules", _SMALLEST) if found.get(key)}
    return kept if found.get("Rules") else None


def _plain(value: Any) -> Json:
    """Dates as texts, which S3 takes as well."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    plain: Json = value.isoformat() if isinstance(value, datetime) else value
    return plain


def _put_lifecycle(named: dict[str, str], value: Json) -> Call:
    if not isinstance(value, dict):
        return call("s3", "delete_bucket_lifecycle", **named)
    smallest = {_SMALLEST: value[_SMALLEST]} if _SMALLEST in value else {}
    rules = {"Rules": value.get("Rules")}
    return call("s3", "put_bucket_lifecycle_configuration", **named, LifecycleConfiguration=rules, **smallest)


def _put_versioning(named: dict[str, str], value: Json) -> Call:
    return call("s3", "put_bucket_versioning", **named, VersioningConfiguration={"Status": value or "Suspended"})


def _put_logging(named: dict[str, str], value: Json) -> Call:
    status: dict[str, Any] = {} if value is None else {"LoggingEnabled": value}
    return call("s3", "put_bucket_logging", **named, BucketLoggingStatus=status)


def _is_encrypted(value: Json, former: Json, account: str) -> bool:
    """Whether it is encrypted, not with S3's own key where a key of KMS was in use, and not with a stranger's key.

    S3 encrypts every bucket with its own key since 2023; deleting the setting falls back to that. A key of another
    account is how objects are held to ransom: its owner can take it away.
    """
    keys = (str(_first(rule, "ApplyServerSideEncryptionByDefault").get("KMSMasterKeyID", "")) for rule in _rules(value))
    strange = any(key.startswith("arn:") and key.split(":")[4] != account for key in keys)
    return value is not None and (_KMS not in str(former) or _KMS in str(value)) and (not strange or value == former)


def _keeps_objects(value: Json, _: Json, __: str) -> bool:
    """Whether no rule lets objects expire within days."""
    ends = [_first(rule, "Expiration") for rule in _rules(value) if rule.get("Status") == "Enabled"]
    return bool(_rules(value)) and not any(_is_soon(end) for end in ends)


def _is_soon(expiration: dict[str, Any]) -> bool:
    days, date = expiration.get("Days"), expiration.get("Date")
    if isinstance(date, str):
        return datetime.fromisoformat(date) < datetime.now(UTC) + timedelta(days=_SHORT)
    return isinstance(days, int) and days < _SHORT


def _replicates(value: Json, _: Json, __: str) -> bool:
    """Whether any rule copies objects."""
    return any(rule.get("Status") == "Enabled" for rule in _rules(value))


def _rules(value: Json) -> list[dict[str, Any]]:
    found: Any = value.get("Rules") if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _first(rule: dict[str, Any], key: str) -> dict[str, Any]:
    found = rule.get(key)
    return found if isinstance(found, dict) else {}


_SMALLEST = "TransitionDefaultMinimumObjectSize"
_FINDINGS = {
    "S3.9": "access logging",
    "S3.14": "versioning",
    "s3-bucket-logging-enabled": "access logging",
    "s3-bucket-versioning-enabled": "versioning",
    "ServerAccessLoggingDisabled": "access logging",
}
"""What controls, rules and types of findings are about."""

_KMS = "aws:kms"
_SSE_S3: Json = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}

_PARTS: dict[str, _Part] = {
    "versioning": _Part(_read_versioning, _put_versioning, lambda value, _, __: value == "Enabled", "Enabled"),
    "encryption": _Part(
        _reading("get_bucket_encryption", "ServerSideEncryptionConfiguration"),
        _putting("put_bucket_encryption", "ServerSideEncryptionConfiguration", "delete_bucket_encryption"),
        _is_encrypted,
        {"Rules": [_SSE_S3]},
    ),
    "access logging": _Part(
        _reading("get_bucket_logging", "LoggingEnabled"), _put_logging, lambda value, _, __: value is not None, None
    ),
    "lifecycle": _Part(_read_lifecycle, _put_lifecycle, _keeps_objects, None),
    # After versioning, without which S3 replicates nothing.
    "replication": _Part(
        _reading("get_bucket_replication", "ReplicationConfiguration"),
        _putting("put_bucket_replication", "ReplicationConfiguration", "delete_bucket_replication"),
        _replicates,
        None,
    ),
}

PLAYBOOK = Playbook(
    name="s3-protection-restore",
    family=Family.STORAGE,
    summary="Puts versioning, encryption, access logging, lifecycle and replication of a bucket back.",
    problem="Bucket {id} lost a protection of its objects",
    risk="Versions cost storage; a lifecycle that was shortened on purpose is long again.",
    rights=(
        "iam:PassRole",
        "s3:GetBucketLogging",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:PutBucketLogging",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
    ),
    acts_on=(
        "cloudtrail/s3-versioning-suspended.json",
        "cloudtrail/s3-encryption-deleted.json",
        "cloudtrail/s3-logging-off.json",
        "cloudtrail/s3-lifecycle-shortened.json",
        "cloudtrail/s3-replication-deleted.json",
    ),
    leaves=("cloudtrail/s3-versioning-enabled.json",),
    observe=observe,
    plan=plan,
    remember=remember,
)
