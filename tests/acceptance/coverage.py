"""Counts which requirements the tests of a run proved, and says which they did not."""

from collections import Counter
from collections.abc import Iterator

import pytest
from acceptance.module_runs import PROVEN_BY_RUNS
from acceptance.table import requirements
from rich.console import Console
from rich.table import Table


class Coverage:
    """Listens to a run of pytest."""

    def __init__(self) -> None:
        self.ids_of: dict[str, tuple[str, ...]] = {}
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Learn which ids each test names."""
        for item in items:
            self.ids_of[item.nodeid] = tuple(
                str(each) for mark in item.iter_markers("requirement") for each in mark.args
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how each test ended; an id with one test that failed is not proven."""
        ids = self.ids_of.get(report.nodeid, ())
        if report.failed:
            self.failed.update(ids)
        elif report.when == "call" and report.passed:
            self.passed.update(ids)

    def pytest_terminal_summary(self) -> None:
        """Print a line for each section, then what is not covered."""
        console = Console(soft_wrap=True)
        console.print(self._table())
        for line in self._open():
            console.print(line, highlight=False)

    def _proven(self) -> set[str]:
        """The ids whose tests passed, all of them."""
        return (self.passed | set(PROVEN_BY_RUNS)) - self.failed

    def _table(self) -> Table:
        items = requirements().to_prove()
        total = Counter(each.section for each in items)
        proven = Counter(each.section for each in items if each.id in self._proven())
        table = Table(title="Requirements with the letter T", title_justify="left")
        table.add_column("section")
        for name in ("proven", "of", "failed"):
            table.add_column(name, justify="right")
        for section in total:
            failed = [each for each in items if each.section == section and each.id in self.failed]
            table.add_row(section, str(proven[section]), str(total[section]), str(len(failed) or ""))
        table.add_section()
        table.add_row("all", str(proven.total()), str(total.total()), "")
        return table

    def _open(self) -> Iterator[str]:
        reasons = requirements().not_covered
        for each in requirements().to_prove():
            if each.id in self.failed:
                yield f"{each.id} FAILED: {each.words}"
            elif each.id not in self._proven():
                yield f"{each.id} not covered: {reasons.get(each.id, 'its test was not run')}"
