"""ECR: who may use a repository."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.calls.policies import policy_of

_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{1,255}")


def read_policy(record: Record) -> tuple[Heard, ...]:
    """SetRepositoryPolicy."""
    name = checked(record, record.text("repositoryName"), _NAME, "AWS::ECR::Repository")
    return (policy_of(record, record.value("policyText"), "AWS::ECR::Repository", name),)


CALLS: Mapping[str, Reader] = {"SetRepositoryPolicy": read_policy}
