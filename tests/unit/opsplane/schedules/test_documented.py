"""The document's figures beside the computed ones."""

from datetime import UTC, datetime

import pytest
from opsplane.schedules.documented import awake_share, documented
from opsplane.schedules.timetable import shipped, timetable

AT = datetime(2026, 1, 5, tzinfo=UTC)
BOOK = timetable(shipped(), "America/New_York")


def test_dev_is_awake_for_sixty_of_a_weeks_hours() -> None:
    """Five days of twelve; the document counts ten hours a day."""
    assert awake_share(BOOK.timelines["office-hours"], AT) == pytest.approx(60 / 168)
    assert awake_share(BOOK.timelines["always-on"], AT) == 1


@pytest.mark.requirement("CST-01", "CST-04")
def test_the_documents_figures_stand_beside_the_computed_ones() -> None:
    """Sleep saves 64 % of what sleeps, not 60; and Fargate in dev costs $3, not $10."""
    service, database = documented("dev", BOOK.timelines["office-hours"], AT)

    assert (service.document, service.always, service.scheduled) == (10, 9.01, 3.22)
    assert (database.document, database.always, database.scheduled) == (15, 13.14, 4.69)
    assert 1 - service.scheduled / service.always == pytest.approx(0.64, abs=0.005)


@pytest.mark.requirement("CST-02", "CST-03")
def test_what_never_sleeps_costs_what_it_costs() -> None:
    """Three tasks in prod are $108 a month, where the document has 130."""
    service, _ = documented("prod", BOOK.timelines["always-on"], AT)

    assert service.always == service.scheduled == pytest.approx(108.12, abs=0.02)
    assert documented("qa", BOOK.timelines["always-on"], AT) == ()
