"""Decide which emulator serves a call."""

import re
from enum import StrEnum

from opsplane_local.gateway.call import Credential, Request


class Emulator(StrEnum):
    """The two emulators by name, which is also the name of their logs."""

    MINISTACK = "ministack"
    MOTO = "moto"


MOTO_SERVICES = frozenset(
    {
        "access-analyzer",
        "acm",
        "application-autoscaling",
        "autoscaling",
        "budgets",
        "ce",
        "cloudtrail",
        "config",
        "ec2",
        "ecr",
        "ecs",
        "elasticache",
        "elasticloadbalancing",
        "guardduty",
        "inspector2",
        "monitoring",
        "rds",
        "route53",
        "securityhub",
        "tagging",
        "wafv2",
    }
)
"""Signing names of the services of the base. Those with subnets must be where EC2 is, which checks them."""

MOTO_TARGETS = {
    "AWSBudgetServiceGateway": "budgets",
    "AWSInsightsIndexService": "ce",
    "AWSWAF_20190729": "wafv2",
    "AmazonEC2ContainerRegistry_V20150921": "ecr",
    "AmazonEC2ContainerServiceV20141113": "ecs",
    "AnyScaleFrontendService": "application-autoscaling",
    "CertificateManager": "acm",
    "CloudTrail_20131101": "cloudtrail",
    "GraniteServiceVersion20100801": "monitoring",
    "ResourceGroupsTaggingAPI_20170126": "tagging",
    "StarlingDoveService": "config",
}
"""What stands before the dot in X-Amz-Target for the services of moto that use it."""

SECRET_OF_RDS = re.compile(rb'"SecretId"\s*:\s*"[^"]*\brds!')
"""In a call about a secret that RDS made by itself. It is where RDS is; all other secrets are with the fleet."""

AWS_HOST = re.compile(r"(?:[^.]+\.)*?(?P<service>[a-z0-9-]+)(?:\.[a-z]{2}-[a-z]+-\d)?\.amazonaws\.com(?::\d+)?$")


def emulator_for(request: Request, credential: Credential) -> Emulator:
    """Return who serves `request`; what says nothing about its service (a web page, an API) goes to ministack."""
    service = credential.service or _service_by_target(request) or _service_by_host(request)
    if service == "secretsmanager" and SECRET_OF_RDS.search(request.body):
        return Emulator.MOTO
    return Emulator.MOTO if service in MOTO_SERVICES else Emulator.MINISTACK


def _service_by_target(request: Request) -> str:
    # The full name ends before a dot; some prefixes carry a company domain (com.amazonaws....) that has dots itself.
    prefix = request.header("x-amz-target").rpartition(".")[0].rpartition(".")[2]
    return MOTO_TARGETS.get(prefix, "")


def _service_by_host(request: Request) -> str:
    found = AWS_HOST.match(request.header("host"))
    return found["service"] if found else ""
