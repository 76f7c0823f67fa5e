"""The reporter's ports."""

from datetime import datetime

from opsplane import bootstrap
from opsplane.adapters.aws.report_bucket import S3ReportShelf
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.reports.saved import Saved
from opsplane.reports.write import ReportPorts
from opsplane.schedules.money import Savings, dollars, savings
from opsplane.schedules.store import ScheduleStore
from opsplane.schedules.workload import words_of


def ports() -> ReportPorts:
    """The ports of this process.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    core = bootstrap.ports()
    store = DynamoScheduleStore(core.settings.ledger_table)
    shelf = S3ReportShelf(core.settings.report_bucket)
    return ReportPorts(core, shelf, lambda start, end: read_saved(store, start, end))


def read_saved(store: ScheduleStore, start: datetime, end: datetime) -> tuple[Saved, ...]:
    """What each environment saved within [start, end); those in which nothing slept are left out."""
    found = (
        savings(name, (*store.ended(name, start), *store.sleeps(name)), start, end)
        for name in sorted(store.read().heads)
    )
    return tuple(_told(each) for each in found if each.hours or each.ran)


def _told(found: Savings) -> Saved:
    return Saved(
        environment=found.environment,
        usd=found.usd,
        hours=found.hours,
        ran_usd=round(sum(each.usd or 0.0 for each in found.ran), 2),
        lines=tuple(
            f"{words_of(each.key)}: {each.hours:g} hours, "
            f"{dollars(each.usd) if each.usd is not None else 'not in the price table'}"
            for each in found.workloads
        ),
        baseline=found.baseline,
        prices=found.prices,
    )
