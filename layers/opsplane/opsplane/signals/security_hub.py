"""Security Hub findings in ASFF.

https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
"""

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPES = frozenset({"Security Hub Findings - Imported", "Security Hub Findings - Custom Action"})

_KINDS = {
    **dict.fromkeys(("EC2.13", "EC2.14", "EC2.18", "EC2.19"), Kind.SECURITY_GROUP_INGRESS),
    **dict.fromkeys(("S3.2", "S3.3", "S3.8"), Kind.BUCKET_EXPOSURE),
    "S3.1": Kind.ACCOUNT_PUBLIC_ACCESS,
    **dict.fromkeys(("S3.9", "S3.14"), Kind.BUCKET_PROTECTION),
    "EC2.1": Kind.SNAPSHOT_SHARING,
    "EC2.2": Kind.DEFAULT_SECURITY_GROUP,
    "EC2.6": Kind.FLOW_LOGS,
    "EC2.8": Kind.INSTANCE_METADATA,
    "ELB.1": Kind.LOAD_BALANCER,
    **dict.fromkeys(("IAM.8", "IAM.22"), Kind.UNUSED_CREDENTIAL),
    "IAM.1": Kind.ADMIN_GRANT,
    "RDS.1": Kind.SNAPSHOT_SHARING,
    "RDS.2": Kind.DATABASE_EXPOSURE,
    "Lambda.1": Kind.RESOURCE_POLICY,
    "ECS.4": Kind.PRIVILEGED_TASK,
    **dict.fromkeys(("CloudTrail.1", "CloudTrail.4"), Kind.TRAIL),
    "KMS.3": Kind.KEY_DELETION,
}
_TYPES = {
    "AwsEc2SecurityGroup": "AWS::EC2::SecurityGroup",
    "AwsS3Bucket": "AWS::S3::Bucket",
    "AwsEc2Instance": "AWS::EC2::Instance",
    "AwsEc2Vpc": "AWS::EC2::VPC",
    "AwsEc2Volume": "AWS::EC2::Volume",
    "AwsElbv2LoadBalancer": "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AwsIamUser": "AWS::IAM::User",
    "AwsIamPolicy": "AWS::IAM::ManagedPolicy",
    "AwsRdsDbInstance": "AWS::RDS::DBInstance",
    "AwsRdsDbSnapshot": "AWS::RDS::DBSnapshot",
    "AwsRdsDbClusterSnapshot": "AWS::RDS::DBClusterSnapshot",
    "AwsLambdaFunction": "AWS::Lambda::Function",
    "AwsEcsTaskDefinition": "AWS::ECS::TaskDefinition",
    "AwsCloudTrailTrail": "AWS::CloudTrail::Trail",
    "AwsKmsKey": "AWS::KMS::Key",
    "AwsAccount": "AWS::::Account",
}
_BY_ARN = frozenset({"AwsElbv2LoadBalancer", "AwsEcsTaskDefinition", "AwsIamPolicy"})
"""Types whose playbooks want the whole ARN. A trail goes by its name, as calls name it: so it is one item."""

_LEVELS = {
    "INFORMATIONAL": Severity.INFO,
    "LOW": Severity.LOW,
    "MEDIUM": Severity.MEDIUM,
    "HIGH": Severity.HIGH,
    "CRITICAL": Severity.CRITICAL,
}


class Level(Wire):
    """ASFF severity."""

    label: str = Field("INFORMATIONAL", alias="Label")


class Compliance(Wire):
    """ASFF compliance."""

    status: str = Field("", alias="Status")
    control: str = Field("", alias="SecurityControlId")


class FoundResource(Wire):
    """One resource of a finding; the id is an ARN for most types."""

    type: str = Field(alias="Type")
    id: str = Field(alias="Id", min_length=1, max_length=512)
    tags: dict[str, str] = Field(default_factory=dict, alias="Tags")


class Workflow(Wire):
    """ASFF workflow."""

    status: str = Field("NEW", alias="Status")


class Finding(Wire):
    """The part of an ASFF finding that we read."""

    id: str = Field(alias="Id", min_length=1, max_length=512)
    account: AccountId = Field(alias="AwsAccountId")
    title: str = Field("", alias="Title")
    region: str = Field("", alias="Region")
    record_state: str = Field("ACTIVE", alias="RecordState")
    severity: Level = Field(default_factory=Level, alias="Severity")
    compliance: Compliance = Field(default_factory=Compliance, alias="Compliance")
    workflow: Workflow = Field(default_factory=Workflow, alias="Workflow")
    resources: tuple[FoundResource, ...] = Field(alias="Resources", min_length=1)


class Detail(Wire):
    """The findings of one event; AWS sends one, its documents allow more."""

    findings: tuple[Finding, ...] = Field(min_length=1, max_length=100)


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """One signal for each resource of each finding.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    detail = parse_wire(Detail, envelope.detail, "Security Hub event")
    pairs = [(finding, resource) for finding in detail.findings for resource in finding.resources]
    return tuple(_signal(envelope, place, *pair) for place, pair in enumerate(pairs))


def _signal(envelope: Envelope, place: int, finding: Finding, found: FoundResource) -> Signal:
    kind = _KINDS.get(finding.compliance.control, Kind.FINDING)
    resource = Resource(
        type=_TYPES.get(found.type, found.type),
        id=found.id if found.type in _BY_ARN else found.id.rsplit("/", 1)[-1].rsplit(":", 1)[-1],
        account=finding.account,
        region=finding.region or envelope.region,
    )
    return Signal(
        id=f"{envelope.id}:{kind.value}:{place}",
        kind=kind,
        source=envelope.source,
        severity=_LEVELS.get(finding.severity.label, Severity.MEDIUM),
        title=finding.title or finding.id,
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(kind, resource, *([finding.id[-120:]] if kind is Kind.FINDING else [])),
        environment=found.tags.get("Environment"),
        facts={"control": finding.compliance.control, "finding": finding.id},
        dismissal=_dismissal(finding),
        clears=finding.compliance.status == "PASSED",
    )


def _dismissal(finding: Finding) -> str | None:
    if finding.record_state == "ARCHIVED":
        return "the finding is archived in Security Hub"
    if finding.workflow.status in {"RESOLVED", "SUPPRESSED"}:
        return f"the finding is {finding.workflow.status.lower()} in Security Hub"
    if finding.compliance.status == "PASSED":
        return "the control passes: back to compliant"
    return None
