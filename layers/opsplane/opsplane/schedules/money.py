"""Money that sleep saves, from what really slept, and money that ran though it should have slept."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from opsplane.model import Line, Model, Name
from opsplane.schedules import prices
from opsplane.schedules.sleep import Sleep, SleepStatus
from opsplane.schedules.workload import is_alarm

BASELINE = (
    "what was put to sleep would have run on, hour for hour, at list prices; storage, load balancers, NAT gateways and "
    "discounts are not counted"
)
"""What the money is compared with."""

_HOUR = timedelta(hours=1)


class Saving(Model):
    """What one workload saved: hours asleep, and USD; None when its price is not in the table."""

    key: Name
    hours: float
    usd: float | None


class Savings(Model):
    """What an environment saved within a span of time.

    `ran` is the opposite: what ran although it should have slept, since somebody started it. `always_on` is what the
    same workloads would have cost in the whole span, as far as they are priced.
    """

    environment: Name
    since: AwareDatetime
    until: AwareDatetime
    hours: float
    usd: float
    workloads: tuple[Saving, ...]
    unpriced: tuple[Name, ...]
    ran: tuple[Saving, ...]
    always_on: float
    baseline: Line = BASELINE
    prices: Line


def savings(environment: str, sleeps: Iterable[Sleep], since: datetime, until: datetime) -> Savings:
    """Add up sleeps, those that are over and those that last, within [since, until)."""
    every = [each for each in sleeps if not is_alarm(each.key)]
    asleep = _by_workload([each for each in every if each.status is SleepStatus.ASLEEP], since, until)
    rates = {each.key: each.hourly for each in every if each.hourly is not None}
    table = prices.table()
    return Savings(
        environment=environment,
        since=since,
        until=until,
        hours=round(sum(each.hours for each in asleep), 2),
        usd=round(sum(each.usd or 0.0 for each in asleep), 2),
        workloads=tuple(sorted(asleep, key=lambda each: (-(each.usd or 0.0), each.key))),
        unpriced=tuple(each.key for each in asleep if each.usd is None),
        ran=tuple(_by_workload([each for each in every if each.status is SleepStatus.KEPT], since, until)),
        always_on=round(sum(rates.values()) * ((until - since) / _HOUR), 2),
        prices=f"{table['source']} ({table['as_of']})",
    )


def _by_workload(sleeps: list[Sleep], since: datetime, until: datetime) -> list[Saving]:
    hours: dict[str, float] = {}
    money: dict[str, float | None] = {}
    for each in sleeps:
        lasted = each.lasted(since, until) / _HOUR
        if not lasted:
            continue
        hours[each.key] = hours.get(each.key, 0.0) + lasted
        sofar = money.get(each.key, 0.0)
        money[each.key] = None if sofar is None or each.hourly is None else sofar + lasted * each.hourly
    return [Saving(key=key, hours=round(hours[key], 2), usd=_cents(money[key])) for key in sorted(hours)]


def _cents(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def dollars(value: float) -> str:
    """Money for people: `$12.40`, and `$0.004` where cents would say nothing."""
    return f"${value:,.2f}" if value >= 0.01 or not value else f"${value:.4f}"  # noqa: PLR2004 - one cent
