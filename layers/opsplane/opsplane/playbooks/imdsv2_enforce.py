"""Instance metadata is given out for a token only (IMDSv2), so that a tricked web server cannot hand out credentials.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
"""

from time import time

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_TARGET = "metadata tokens"
_ALIVE = frozenset({"pending", "running", "stopping", "stopped"})


def observe(api: Api, subject: Subject) -> Observation:
    """Whether tokens are required, and how often metadata was read without one in the last 30 days."""
    instance = subject.resource.id
    reservations = api.read("ec2", "describe_instances", InstanceIds=[instance])["Reservations"]
    [found] = reservations[0]["Instances"]
    if found["State"]["Name"] not in _ALIVE:
        message = f"instance {instance} is {found['State']['Name']}"
        raise ResourceNotFound(message)
    options = found.get("MetadataOptions", {})
    return Observation(
        tags=tags_of(found.get("Tags")),
        state={_TARGET: options.get("HttpTokens", "optional")},
        evidence={"metadata_options": options, "calls_without_token": _calls_without_token(api, instance)},
    )


def _calls_without_token(api: Api, instance: str) -> int:
    """https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html (MetadataNoToken)."""
    answer = api.read(
        "cloudwatch",
        "get_metric_data",
        MetricDataQueries=[
            {
                "Id": "calls",
                "MetricStat": {
                    "Metric": {
                        "Namespace": "AWS/EC2",
                        "MetricName": "MetadataNoToken",
                        "Dimensions": [{"Name": "InstanceId", "Value": instance}],
                    },
                    "Period": 86_400,
                    "Stat": "Sum",
                },
            }
        ],
        **_last_days(30),
    )
    return int(sum(value for result in answer["MetricDataResults"] for value in result["Values"]))


def _last_days(days: int) -> dict[str, int]:
    """A period that CloudWatch takes as seconds since 1970; what it says is evidence and not compared."""
    now = int(time())
    return {"StartTime": now - days * 86_400, "EndTime": now}


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step, unless a token is required already."""
    instance = subject.resource.id
    if found.state[_TARGET] == "required":
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        return (call("ec2", "modify_instance_metadata_options", InstanceId=instance, HttpTokens=value),)

    summary = f"Require tokens for instance metadata (IMDSv2) on {instance}"
    return (change(_TARGET, summary, before=found.state[_TARGET], after="required", to=to),)


def caution(_: Subject, found: Observation, __: Parameters) -> str | None:
    """Something on the instance still reads metadata in the old way."""
    calls = found.evidence.get("calls_without_token", 0)
    return f"metadata was read {calls} times without a token in 30 days: that would stop" if calls else None


PLAYBOOK = Playbook(
    name="imdsv2-enforce",
    family=Family.COMPUTE,
    summary="Requires tokens for instance metadata; asks when something still reads it without one.",
    problem="Instance {id} gives out metadata without a token",
    risk="Software that knows only version 1 of the metadata service loses its credentials.",
    rights=("cloudwatch:GetMetricData", "ec2:DescribeInstances", "ec2:ModifyInstanceMetadataOptions"),
    acts_on=("cloudtrail/imds-v1-allowed.json", "config/imdsv2-noncompliant.json", "securityhub/imds-v1.json"),
    leaves=("cloudtrail/imds-v2-required.json",),
    observe=observe,
    plan=plan,
    caution=caution,
)
