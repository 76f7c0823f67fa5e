"""The reporter's ports."""

from opsplane import bootstrap
from opsplane.adapters.aws.report_bucket import S3ReportShelf
from opsplane.reports.write import ReportPorts


def ports() -> ReportPorts:
    """The ports of this process.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    core = bootstrap.ports()
    return ReportPorts(core, S3ReportShelf(core.settings.report_bucket))
