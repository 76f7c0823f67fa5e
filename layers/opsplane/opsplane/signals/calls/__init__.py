"""What CloudTrail calls mean: one file for each service, loaded when a call of that service comes in.

`CALLS` of each file maps a call's name to its reader. The template's rules are generated from these tables, so that a
call that somebody reads is a call that somebody hears.
"""

from collections.abc import Mapping
from importlib import import_module

from opsplane.signals.calls.heard import Reader

SERVICES: Mapping[str, str] = {
    "access-analyzer": "analyzers",
    "cloudtrail": "trails",
    "config": "recorders",
    "ec2": "ec2",
    "ecr": "registries",
    "ecs": "task_definitions",
    "elasticache": "caches",
    "elasticloadbalancing": "load_balancers",
    "events": "rules",
    "guardduty": "detectors",
    "iam": "iam",
    "kms": "keys",
    "lambda": "functions",
    "rds": "databases",
    "s3": "s3",
    "secretsmanager": "secrets",
    "securityhub": "hubs",
    "sns": "topics",
    "sqs": "queues",
    "wafv2": "web_acls",
}
"""The service as `eventSource` names it (without `.amazonaws.com`), and the file that knows its calls."""


def calls_of(service: str) -> Mapping[str, Reader]:
    """The readers of a service's calls by their names; empty when nobody reads that service.

    `service` is as in `eventSource`, without `.amazonaws.com`.
    """
    if service not in SERVICES:
        return {}
    found: Mapping[str, Reader] = import_module(f"opsplane.signals.calls.{SERVICES[service]}").CALLS
    return found
