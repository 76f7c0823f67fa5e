"""What an account has before an environment's base is applied: on AWS the root `global` of base-infra makes it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import StepFailed

# It bounds nothing: the emulators judge no rights of the services of the base, and only ask that it is there.
UNBOUNDED = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


@contextmanager
def _making(what: str, emulator: str) -> Iterator[None]:
    """Say what could not be made, and whose log tells more, where the emulated AWS refuses."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        message = f"{what} could not be made: {error}"
        raise StepFailed(message, advice=f"See `opsplane logs gateway` and `opsplane logs {emulator}`.") from error


def make_bucket(connect: Connect, name: str) -> None:
    """Have a bucket; one that is there already stays as it is.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    with _making(f"Bucket {name}", "ministack"):
        connect("s3").create_bucket(Bucket=name)


def make_zone(connect: Connect, domain: str) -> str:
    """Have the Route 53 zone of a domain and return its id; one that is there already stays as it is.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    route53 = connect("route53")
    with _making(f"The zone of {domain}", "moto"):
        listed = route53.list_hosted_zones_by_name(DNSName=domain, MaxItems="1")["HostedZones"]
        zones = [zone for zone in listed if zone["Name"] == f"{domain}."]
        if not zones:
            zones = [route53.create_hosted_zone(Name=domain, CallerReference=f"opsplane {domain}")["HostedZone"]]
    return str(zones[0]["Id"]).removeprefix("/hostedzone/")


def make_boundary(connect: Connect, name: str) -> None:
    """Have the managed policy that the roles of an environment name as their boundary; it bounds nothing here.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    with _making(f"The boundary {name}", "ministack"):
        try:
            connect("iam").create_policy(PolicyName=name, PolicyDocument=json.dumps(UNBOUNDED))
        except ClientError as error:
            if error.response["Error"]["Code"] != "EntityAlreadyExists":
                raise
