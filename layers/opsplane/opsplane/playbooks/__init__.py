"""The playbooks, as an explicit list: no directory scan, no import side effect.

A playbook is imported when it is asked for: an event needs one of them, and a cold start should not pay for the rest.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from opsplane.playbooks.playbook import Playbook

NAMES: tuple[str, ...] = (
    # network
    "sg-world-ingress",
    "sg-default-close",
    "block-source-ip",
    "flow-logs-restore",
    "alb-edge",
    # compute
    "ec2-isolate",
    "ecs-task-contain",
    "imdsv2-enforce",
    "ecs-taskdef-privileged",
    "image-critical-cve",
    # storage
    "s3-public-revert",
    "s3-account-pab",
    "s3-protection-restore",
    # identity
    "iam-key-disable",
    "iam-session-revoke",
    "iam-admin-grant-revert",
    "iam-trust-revert",
    "iam-new-credential",
    "iam-unused-credentials",
    "root-usage",
    "unauthorized-api",
    # detection
    "cloudtrail-restore",
    "detector-restore",
    # data
    "rds-public-revert",
    "snapshot-unshare",
    "rds-login-response",
    "kms-deletion-cancel",
    "secret-exposure",
    "redis-protect",
    # application
    "serverless-exposure",
)
"""Every playbook; each is the file of that name."""


@cache
def by_name(name: str) -> Playbook | None:
    """The playbook of that name, or None."""
    module = f"opsplane.playbooks.{name.replace('-', '_')}"
    if name not in NAMES or find_spec(module) is None:
        return None
    found: Playbook = import_module(module).PLAYBOOK
    return found


def catalogue() -> tuple[Playbook, ...]:
    """All playbooks, in order."""
    return tuple(found for name in NAMES if (found := by_name(name)))
