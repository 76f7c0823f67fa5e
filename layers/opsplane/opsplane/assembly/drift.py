"""The drift function's ports."""

from opsplane import bootstrap
from opsplane.adapters.aws.state_bucket import S3StateReader
from opsplane.drift.check import DriftPorts


def ports() -> DriftPorts:
    """The ports of this process.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    core = bootstrap.ports()
    return DriftPorts(core, S3StateReader(core.settings.state_bucket, core.settings.state_key))
