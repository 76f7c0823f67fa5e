"""The stage is the emulated account only, and marks what scenes do there."""

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from opsplane_local.scenes import NotEmulatedError, Stage


def test_another_account_is_refused(session: boto3.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real account is never made insecure: the error names it and says what to do."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "123456789012")

    with pytest.raises(NotEmulatedError, match=r"123456789012.*AWS_ENDPOINT_URL"):
        Stage.open(session)


@pytest.mark.parametrize("service", ["ec2", "s3", "cloudwatch"])
def test_each_call_is_marked(session: boto3.Session, service: str) -> None:
    """The user agent tells the gateway that a scene called, not a person."""
    agents: list[str] = []
    client = getattr(Stage.open(session), service)

    def note(request: AWSPreparedRequest, **_: object) -> None:
        agents.append(str(request.headers["User-Agent"]))

    client.meta.events.register_first("before-send.*", note)
    calls = {"ec2": "describe_vpcs", "s3": "list_buckets", "cloudwatch": "describe_alarms"}
    getattr(client, calls[service])()

    assert len(agents) == 1
    assert "opsplane-scene/1" in agents[0]


def test_buckets_are_addressed_by_path(session: boto3.Session) -> None:
    """A bucket has no host name on the local platform."""
    paths: list[str] = []
    client = Stage.open(session).s3

    def note(request: AWSPreparedRequest, **_: object) -> None:
        paths.append(request.url.split("amazonaws.com", 1)[-1])

    client.meta.events.register_first("before-send.*", note)
    client.create_bucket(Bucket="acme-logs")

    assert paths == ["/acme-logs"]
