"""A report as Markdown."""

from builders import NOW, Deployment, guardduty
from opsplane.reports.markdown import escape, render
from opsplane.reports.posture import measure
from opsplane.reports.window import ReportKind, window


def report(title: str = "EC2 instance is mining", *, complete: bool = True) -> str:
    """The report of a week with one open finding."""
    deployment = Deployment()
    deployment.receive(guardduty(9, title=title))
    return render(measure(window(ReportKind.WEEKLY, NOW), deployment.ledger.recent_items(9), (), (), complete=complete))


def test_a_report_has_its_numbers_in_tables_and_the_oldest_open_items() -> None:
    """Its sections come in the order in which somebody asks."""
    lines = report().splitlines()

    assert lines[0] == "# Posture, weekly report 2026/W47"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Items by severity",
        "## Items by state",
        "## Actions by outcome",
        "## From signal to verified fix",
        "## Oldest open items",
    ]
    assert "| none | 0 |" in lines
    assert lines[-1].endswith("critical, open for 0.0 days: EC2 instance is mining")


def test_a_hostile_title_is_shown_as_it_is() -> None:
    """No link, image, table cell or HTML comes out of it."""
    text = report("[x](http://evil) ![y](z) <script>|`")

    assert r"\[x\]\(http://evil\) \!\[y\]\(z\) \<script\>\|\`" in text


def test_a_report_that_did_not_read_everything_says_so() -> None:
    """Counts that are too low must not look complete."""
    assert "more items or actions than were read" in report(complete=False)
    assert "more items or actions than were read" not in report()


def test_escaping_leaves_words_alone() -> None:
    """A title stays readable."""
    assert escape("EC2 instance is mining, again") == "EC2 instance is mining, again"
