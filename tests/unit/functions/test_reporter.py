"""The reporter, as Lambda calls it."""

from collections.abc import Callable
from typing import Any

from builders import Deployment
from opsplane.adapters.memory.report_shelf import MemoryReportShelf
from opsplane.reports.write import ReportPorts


def test_the_sample_makes_the_report_of_a_week(handler: Callable[[str], Any], context: Any, sample: Any) -> None:
    """The answer says where it is."""
    shelf = MemoryReportShelf()

    answer = handler("reporter")(
        sample("schedule/report-weekly.json"), context, ports=ReportPorts(Deployment().ports, shelf, lambda _, __: ())
    )

    assert answer["document"] in shelf.documents
    assert answer["markdown"] in shelf.documents
