"""The parts of a GuardDuty finding that playbooks need: which resource, and what is known of the attacker.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-summary.html
"""

from collections.abc import Iterator
from typing import Any

from opsplane.model import JsonObject, tame
from opsplane.signals.signal import Kind

_ACTIONS = (
    "networkConnectionAction",
    "awsApiCallAction",
    "rdsLoginAttemptAction",
    "kubernetesApiCallAction",
)


class Details:
    """The `resource` of a finding, read with care: any part may be missing or of another shape."""

    def __init__(self, resource: JsonObject) -> None:
        """`resource` is `detail.resource` as it came."""
        self._resource = resource

    def part(self, name: str) -> dict[str, Any]:
        """One part, or the first of a list of parts; empty when there is none."""
        return first(self._resource.get(name))

    @property
    def task(self) -> dict[str, Any]:
        """The ECS task, or nothing."""
        return first(self.part("ecsClusterDetails").get("taskDetails"))

    @property
    def tags(self) -> dict[str, str]:
        """The tags that the finding carries, if any."""
        found: dict[str, str] = {}
        places = (self.part("instanceDetails"), self.part("rdsDbInstanceDetails"), self.part("s3BucketDetails"))
        for place in (*places, self.part("lambdaDetails"), self.task):
            for tag in _list(place.get("tags")):
                if isinstance(tag, dict) and isinstance(tag.get("key"), str) and tag.get("value"):
                    found[tame(tag["key"], 128)] = tame(tag["value"], 256)
        return found

    def identify(self, kind: Kind, account: str) -> tuple[str, str]:
        """CloudFormation's name of the type, and the id, of the resource that a finding of this kind is about."""
        for name, value in self._candidates(kind):
            if isinstance(value, str) and value:
                return name, value
        return "AWS::::Account", account

    def _candidates(self, kind: Kind) -> Iterator[tuple[str, object]]:
        """What the finding may be about, the likeliest first."""
        if kind in {Kind.ACCESS_KEY_THREAT, Kind.SESSION_THREAT}:
            name = "AWS::IAM::User" if kind is Kind.ACCESS_KEY_THREAT else "AWS::IAM::Role"
            yield name, self.part("accessKeyDetails").get("userName")
        if kind is Kind.PRIVILEGED_TASK:
            yield "AWS::ECS::TaskDefinition", self.task.get("definitionArn")
        if kind not in {Kind.ACCOUNT_PUBLIC_ACCESS, Kind.TRAIL}:
            yield "AWS::S3::Bucket", self.part("s3BucketDetails").get("name")
            yield "AWS::ECS::Task", self.task.get("arn")
            yield "AWS::EC2::Instance", self.part("instanceDetails").get("instanceId")
            yield "AWS::ECS::Cluster", self.part("ecsClusterDetails").get("arn")
            yield "AWS::RDS::DBInstance", self.part("rdsDbInstanceDetails").get("dbInstanceIdentifier")
            yield "AWS::Lambda::Function", self.part("lambdaDetails").get("functionName")
            yield "AWS::EKS::Cluster", self.part("eksClusterDetails").get("name")
            yield "AWS::IAM::User", self.part("accessKeyDetails").get("userName")

    def facts(self) -> JsonObject:
        """Hints for playbooks: a task's cluster and service, an instance's interfaces, a credential's key and user."""
        key, task, instance = self.part("accessKeyDetails"), self.task, self.part("instanceDetails")
        interfaces = [each for each in _list(instance.get("networkInterfaces")) if isinstance(each, dict)]
        found = {
            "access_key": key.get("accessKeyId"),
            "user": key.get("userName"),
            "principal": key.get("principalId"),
            "cluster": self.part("ecsClusterDetails").get("arn"),
            "group": task.get("group"),
            "definition": task.get("definitionArn"),
            "interfaces": [each.get("networkInterfaceId") for each in interfaces],
            "subnets": sorted({str(each["subnetId"]) for each in interfaces if each.get("subnetId")}),
            "vpc": next((each["vpcId"] for each in interfaces if each.get("vpcId")), None),
            "database_user": self.part("rdsDbUserDetails").get("user"),
            "function": self.part("lambdaDetails").get("functionArn"),
            "role": self.part("lambdaDetails").get("role"),
        }
        return {name: value for name, value in found.items() if value}


def addresses(action: object) -> list[str]:
    """The remote addresses that `service.action` names, each once."""
    parts = first(action)
    probes = [first(each) for each in _list(first(parts.get("portProbeAction")).get("portProbeDetails"))]
    found = [first(parts.get(name)) for name in _ACTIONS] + probes
    remote = (first(each.get("remoteIpDetails")).get("ipAddressV4") for each in found)
    return sorted({address for address in remote if isinstance(address, str) and address})


def first(value: object) -> dict[str, Any]:
    """An object, or the first object of a list; empty for anything else."""
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
