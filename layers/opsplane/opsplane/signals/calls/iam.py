"""IAM, by topic."""

from collections.abc import Mapping

from opsplane.signals.calls import iam_credentials, iam_grants, iam_trust
from opsplane.signals.calls.heard import Reader

CALLS: Mapping[str, Reader] = {**iam_grants.CALLS, **iam_trust.CALLS, **iam_credentials.CALLS}
