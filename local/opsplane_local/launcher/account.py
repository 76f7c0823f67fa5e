"""What an account has before an environment's base is applied: on AWS the root `global` of base-infra makes it."""

import json

from botocore.exceptions import BotoCoreError, ClientError

from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import StepFailed

# It bounds nothing: the emulators judge no rights of the services of the base, and only ask that it is there.
UNBOUNDED = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def make_bucket(connect: Connect, name: str) -> None:
    """Have a bucket; one that is there already stays as it is.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    try:
        connect("s3").create_bucket(Bucket=name)
    except (BotoCoreError, ClientError) as error:
        message = f"Bucket {name} could not be made: {error}"
        raise StepFailed(message, advice="See `opsplane logs gateway` and `opsplane logs ministack`.") from error


def make_zone(connect: Connect, domain: str) -> str:
    """Have the Route 53 zone of a domain and return its id; one that is there already stays as it is.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    route53 = connect("route53")
    try:
        listed = route53.list_hosted_zones_by_name(DNSName=domain, MaxItems="1")["HostedZones"]
        zones = [zone for zone in listed if zone["Name"] == f"{domain}."]
        if not zones:
            zones = [route53.create_hosted_zone(Name=domain, CallerReference=f"opsplane {domain}")["HostedZone"]]
    except (BotoCoreError, ClientError) as error:
        message = f"The zone of {domain} could not be made: {error}"
        raise StepFailed(message, advice="See `opsplane logs gateway` and `opsplane logs moto`.") from error
    return str(zones[0]["Id"]).removeprefix("/hostedzone/")


def make_boundary(connect: Connect, name: str) -> None:
    """Have the managed policy that the roles of an environment name as their boundary; it bounds nothing here.

    Raises:
        StepFailed: when the emulated AWS refuses.
    """
    try:
        connect("iam").create_policy(PolicyName=name, PolicyDocument=json.dumps(UNBOUNDED))
    except (BotoCoreError, ClientError) as error:
        if isinstance(error, ClientError) and error.response["Error"]["Code"] == "EntityAlreadyExists":
            return
        message = f"The boundary {name} could not be made: {error}"
        raise StepFailed(message, advice="See `opsplane logs gateway` and `opsplane logs ministack`.") from error
