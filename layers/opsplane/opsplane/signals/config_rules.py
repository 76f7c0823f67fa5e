"""AWS Config rule compliance changes.

https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
"""

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Region, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPE = "Config Rules Compliance Change"

_KINDS = {
    "restricted-ssh": Kind.SECURITY_GROUP_INGRESS,
    "restricted-common-ports": Kind.SECURITY_GROUP_INGRESS,
    "vpc-sg-open-only-to-authorized-ports": Kind.SECURITY_GROUP_INGRESS,
    "s3-bucket-public-read-prohibited": Kind.BUCKET_EXPOSURE,
    "s3-bucket-public-write-prohibited": Kind.BUCKET_EXPOSURE,
    "s3-bucket-level-public-access-prohibited": Kind.BUCKET_EXPOSURE,
    "s3-account-level-public-access-blocks": Kind.ACCOUNT_PUBLIC_ACCESS,
    "s3-bucket-versioning-enabled": Kind.BUCKET_PROTECTION,
    "s3-bucket-logging-enabled": Kind.BUCKET_PROTECTION,
    "vpc-default-security-group-closed": Kind.DEFAULT_SECURITY_GROUP,
    "vpc-flow-logs-enabled": Kind.FLOW_LOGS,
    "ec2-imdsv2-check": Kind.INSTANCE_METADATA,
    "alb-http-to-https-redirection-check": Kind.LOAD_BALANCER,
    "iam-user-unused-credentials-check": Kind.UNUSED_CREDENTIAL,
    "iam-policy-no-statements-with-admin-access": Kind.ADMIN_GRANT,
    "rds-instance-public-access-check": Kind.DATABASE_EXPOSURE,
    "rds-snapshots-public-prohibited": Kind.SNAPSHOT_SHARING,
    "ebs-snapshot-public-restorable-check": Kind.SNAPSHOT_SHARING,
    "lambda-function-public-access-prohibited": Kind.RESOURCE_POLICY,
    "ecs-containers-nonprivileged": Kind.PRIVILEGED_TASK,
    "cloudtrail-enabled": Kind.TRAIL,
    "cloud-trail-log-file-validation-enabled": Kind.TRAIL,
    "kms-cmk-not-scheduled-for-deletion": Kind.KEY_DELETION,
}
_DISMISSALS = {"NON_COMPLIANT": None, "COMPLIANT": "Config says COMPLIANT: back to compliant"}


class Evaluation(Wire):
    """One verdict of a rule."""

    compliance: str = Field(alias="complianceType")


class Detail(Wire):
    """The part of a compliance change that we read."""

    rule: str = Field(alias="configRuleName", min_length=1, max_length=128)
    resource_type: str = Field(alias="resourceType", min_length=1)
    resource_id: str = Field(alias="resourceId", min_length=1, max_length=768)
    account: AccountId = Field(alias="awsAccountId")
    region: Region = Field(alias="awsRegion")
    evaluation: Evaluation = Field(alias="newEvaluationResult")


def _kind(rule: str) -> Kind:
    """The kind for a rule name, also when Security Hub or a prefix of the owner's made it longer."""
    return next((kind for name, kind in _KINDS.items() if name in rule), Kind.COMPLIANCE)


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """The one signal of a compliance change.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    detail = parse_wire(Detail, envelope.detail, "Config compliance change")
    kind = _kind(detail.rule)
    resource = Resource(type=detail.resource_type, id=detail.resource_id, account=detail.account, region=detail.region)
    verdict = detail.evaluation.compliance
    return (
        Signal(
            id=f"{envelope.id}:{kind.value}",
            kind=kind,
            source=envelope.source,
            severity=Severity.MEDIUM if kind is Kind.COMPLIANCE else Severity.HIGH,
            title=f"Config rule {detail.rule} finds {resource.id} {verdict}",
            resource=resource,
            time=envelope.time,
            dedupe_key=dedupe_key(kind, resource, *([detail.rule] if kind is Kind.COMPLIANCE else [])),
            facts={"rule": detail.rule, "compliance": verdict},
            dismissal=_DISMISSALS.get(verdict, f"Config says {verdict}: nothing to judge"),
            clears=verdict == "COMPLIANT",
        ),
    )
