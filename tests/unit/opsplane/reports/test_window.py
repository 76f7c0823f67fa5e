"""The time that a report is about."""

from datetime import UTC, datetime

import pytest
from opsplane.reports.window import ReportKind, window


@pytest.mark.parametrize(
    ("kind", "now", "name"),
    [
        (ReportKind.WEEKLY, "2026-11-23T14:00", "2026/W47"),
        (ReportKind.WEEKLY, "2026-11-29T23:00", "2026/W48"),
        (ReportKind.WEEKLY, "2027-01-04T14:00", "2026/W53"),
        (ReportKind.WEEKLY, "2026-01-05T14:00", "2026/W01"),
        (ReportKind.MONTHLY, "2026-12-01T14:00", "2026/M11"),
        (ReportKind.MONTHLY, "2027-01-01T14:00", "2026/M12"),
    ],
)
def test_a_report_is_named_after_the_week_or_month_it_is_mostly_about(kind: ReportKind, now: str, name: str) -> None:
    """Monday's report is about last week, also over the end of a year."""
    assert window(kind, datetime.fromisoformat(now).replace(tzinfo=UTC)).name == name


def test_a_window_is_half_open() -> None:
    """No moment belongs to two reports that follow each other."""
    span = window(ReportKind.WEEKLY, datetime(2026, 11, 23, 14, tzinfo=UTC))

    assert span.holds(span.start)
    assert not span.holds(span.end)


def test_a_window_names_every_day_that_it_touches() -> None:
    """Seven times 24 hours touch eight dates."""
    span = window(ReportKind.WEEKLY, datetime(2026, 11, 23, 14, tzinfo=UTC))

    assert (span.days[0], span.days[-1], len(span.days)) == ("2026-11-16", "2026-11-23", 8)
