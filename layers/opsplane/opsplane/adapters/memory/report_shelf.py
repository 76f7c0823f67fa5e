"""A shelf for reports that only remembers."""

from dataclasses import dataclass, field


@dataclass
class MemoryReportShelf:
    """Implements `opsplane.reports.write.ReportShelf`; `fault` is raised by every put when a test sets it."""

    place: str = "memory://reports"
    documents: dict[str, str] = field(default_factory=dict)
    fault: Exception | None = None

    def put(self, key: str, body: str, content_type: str) -> None:  # noqa: ARG002 - as the port
        """Remember the document."""
        if self.fault:
            raise self.fault
        self.documents[key] = body
