"""What a GuardDuty finding is about, by its type, its resource and whose side the resource was on.

Types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
"""

from fnmatch import fnmatchcase

from opsplane.model import JsonObject
from opsplane.signals.guardduty_details import Details
from opsplane.signals.signal import Kind

_TELL_ONLY = (
    "Execution:Runtime/NewBinaryExecuted",
    "Execution:Runtime/SuspiciousCommand",
    "Discovery:IAMUser/*",
    "Discovery:S3/*",
    "Stealth:IAMUser/PasswordPolicyChange",
    "AttackSequence:*",
)
"""Worth knowing; nothing that could be changed would help."""

_BY_TYPE: tuple[tuple[str, Kind], ...] = (
    ("Policy:S3/AccountBlockPublicAccessDisabled", Kind.ACCOUNT_PUBLIC_ACCESS),
    ("Policy:S3/Bucket*", Kind.BUCKET_EXPOSURE),
    ("Stealth:S3/ServerAccessLoggingDisabled", Kind.BUCKET_PROTECTION),
    ("Policy:IAMUser/RootCredentialUsage", Kind.ROOT_ACTIVITY),
    ("Stealth:IAMUser/CloudTrailLoggingDisabled", Kind.TRAIL),
    ("PrivilegeEscalation:Runtime/ContainerMountsHostDirectory", Kind.PRIVILEGED_TASK),
    ("Recon:EC2/PortProbe*", Kind.SOURCE_ATTACK),
    *((pattern, Kind.THREAT) for pattern in _TELL_ONLY),
)
"""Types that say it all, first match wins."""

_BY_RESOURCE = (
    ("rdsDbInstanceDetails", Kind.DATABASE_LOGIN),
    ("lambdaDetails", Kind.FUNCTION_THREAT),
    ("instanceDetails", Kind.INSTANCE_THREAT),
)

_VICTIM = "TARGET"
"""`resourceRole` of a resource that somebody attacks; `ACTOR` is one that attacks."""


def kind_of(finding_type: str, role: str, resource: JsonObject) -> Kind:
    """The kind of a finding. A victim of a brute-force attack is not cut off: its attacker is."""
    if found := next((kind for pattern, kind in _BY_TYPE if fnmatchcase(finding_type, pattern)), None):
        return found
    if "BruteForce" in finding_type and ":EC2/" in finding_type and role == _VICTIM:
        return Kind.SOURCE_ATTACK
    details = Details(resource)
    if details.task:
        return Kind.TASK_THREAT
    if ":IAMUser/" in finding_type or ":S3/" in finding_type:
        return _credential(details)
    return next((kind for name, kind in _BY_RESOURCE if details.part(name)), Kind.THREAT)


def _credential(details: Details) -> Kind:
    """Long-lived keys are disabled, sessions are revoked: `aws:TokenIssueTime` does not exist for the former."""
    key = details.part("accessKeyDetails")
    if key.get("userType") == "IAMUser" and str(key.get("accessKeyId", "")).startswith("AKIA"):
        return Kind.ACCESS_KEY_THREAT
    if key.get("userType") in {"AssumedRole", "Role"}:
        return Kind.SESSION_THREAT
    return Kind.THREAT
