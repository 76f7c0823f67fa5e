"""Making a report."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import Deployment, group_opened, guardduty
from cloud import Cloud, rule
from opsplane.adapters.memory.report_shelf import MemoryReportShelf
from opsplane.errors import AccessDenied
from opsplane.notices.notice import Notice
from opsplane.reports.saved import Saved
from opsplane.reports.write import ReportPorts, answer

SAVED = (
    Saved(
        environment="dev",
        usd=12.4,
        hours=310.5,
        ran_usd=0.36,
        lines=("RDS instance orders: 310.5 hours, $5.59",),
        baseline="it would have run on",
        prices="list prices",
    ),
)


@pytest.fixture
def deployment() -> Deployment:
    """A week with one fix."""
    made = Deployment(Cloud().open_group(rule(22)))
    made.receive(group_opened())
    made.clock.advance(timedelta(days=1))
    made.bus.published.clear()
    return made


def report(deployment: Deployment, shelf: MemoryReportShelf, kind: str = "weekly") -> dict[str, Any]:
    """Let the reporter work."""
    return answer(
        {"kind": kind}, ReportPorts(replace(deployment.ports, function="reporter"), shelf, lambda _, __: SAVED)
    )


def test_a_report_is_kept_for_people_and_for_programs(deployment: Deployment) -> None:
    """The same facts as Markdown and as JSON."""
    shelf = MemoryReportShelf()

    written = report(deployment, shelf)

    assert set(shelf.documents) == {"reports/2026/W47.md", "reports/2026/W47.json"}
    assert json.loads(shelf.documents[written["document"]])["actions_by_state"] == {"verified": 1}
    assert "| verified | 1 |" in shelf.documents[written["markdown"]]


def test_what_sleep_saved_is_in_it_with_the_baseline(deployment: Deployment) -> None:
    """Money, hours, workloads, and what ran although it should have slept."""
    shelf = MemoryReportShelf()

    written = report(deployment, shelf, "monthly")

    text = shelf.documents[written["markdown"]]
    assert "**dev: $12.40**, 310.5 hours asleep; $0.36 ran although it should have slept" in text
    assert "- RDS instance orders: 310.5 hours, $5.59" in text
    assert "Baseline: it would have run on. Prices: list prices." in text
    assert json.loads(shelf.documents[written["document"]])["saved"][0]["usd"] == 12.4


def test_people_are_told_that_it_is_there(deployment: Deployment) -> None:
    """One notice, which concerns no item, with the numbers that matter and the place."""
    report(deployment, MemoryReportShelf())

    [message] = deployment.bus.published
    notice = Notice.model_validate(message.detail)
    assert notice.headline == "Weekly report: 1 items, 1 fixed, 0 open"
    assert (notice.resource, notice.item_id) == ("memory://reports/reports/2026/W47.md", "")
    assert notice.reason == "nothing is open"


def test_a_repetition_writes_the_same_report_and_asks_for_the_same_notice(deployment: Deployment) -> None:
    """The notifier knows the notice by its id and sends it once."""
    shelf = MemoryReportShelf()

    first, second = report(deployment, shelf), report(deployment, shelf)

    assert first == second
    assert len({message.id for message in deployment.bus.published}) == 1


def test_months_have_reports_of_their_own(deployment: Deployment) -> None:
    """Beside those of the weeks."""
    assert report(deployment, MemoryReportShelf(), "monthly")["markdown"] == "reports/2026/M11.md"


def test_nobody_is_told_of_a_report_that_could_not_be_kept(deployment: Deployment) -> None:
    """The function fails, and its event waits in the unhandled queue."""
    shelf = MemoryReportShelf(fault=AccessDenied("s3 put_object: AccessDenied"))

    with pytest.raises(AccessDenied):
        report(deployment, shelf)

    assert deployment.bus.published == []


def test_long_days_are_read_to_their_end(deployment: Deployment) -> None:
    """The feed comes in pages of 500 entries."""
    for number in range(260):
        deployment.receive(guardduty(9, id=f"event-{number + 2}"))
    deployment.clock.advance(timedelta(seconds=1))
    shelf = MemoryReportShelf()

    written = report(deployment, shelf)

    assert json.loads(shelf.documents[written["document"]])["signals"] == 261


def test_an_event_that_nobody_knows_is_kept(deployment: Deployment) -> None:
    """Whole, with the reason beside it."""
    record = report(deployment, MemoryReportShelf(), "yearly")

    assert record["outcome"] == "refuse"
    assert deployment.queue.kept[0][0] == {"kind": "yearly"}
