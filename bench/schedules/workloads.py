"""What is decided about, the same for both: 36 schedules and 10,000 workloads."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from opsplane.schedules.schedule import Schedule
from opsplane.schedules.sleep import Phase, Sleep
from opsplane.schedules.timeline import Rule, Timeline, Wish
from opsplane.schedules.workload import Running, Workload, WorkloadKind

COUNT: Final = 10_000
AT: Final = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
"""An evening on which a third of the schedules wants sleep."""

_ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo")
_HOURS = ((8, 20), (7, 19), (9, 18), (6, 22), (10, 17), (22, 6))


def timelines() -> dict[str, Timeline]:
    """Six zones with six working days each, one of them over midnight; nothing is worked out yet."""
    found = {}
    for zone in _ZONES:
        for start, end in _HOURS:
            name = f"{zone.rpartition('/')[2].lower()}-{start}-{end}"
            period = {"days": "mon-fri", "start": f"{time(start):%H:%M}", "end": f"{time(end):%H:%M}"}
            found[name] = Timeline(name, Schedule.model_validate({"periods": [period]}), zone)
    return found


def offhours_tags() -> list[str]:
    """The same in Custodian's words; it has no period over midnight, so that such a one is its two hours."""
    return [f"off=[(M-F,{end})];on=[(M-F,{start})];tz={zone}" for zone in _ZONES for start, end in _HOURS]


def workloads(names: list[str]) -> list[Workload]:
    """Half of them instances, the rest services; every schedule has as many."""
    kinds = (WorkloadKind.INSTANCE, WorkloadKind.SERVICE)
    return [
        Workload(kinds[number % 2], f"app/{number}", Running.RUNNING, schedule=names[number % len(names)])
        for number in range(COUNT)
    ]


def sleeps(every: list[Workload], asleep: frozenset[str]) -> dict[str, Sleep]:
    """A record for each workload whose schedule has wanted sleep for hours."""
    hours_ago = AT - timedelta(hours=3)
    return {
        each.key: Sleep(environment="dev", key=each.key, began_at=hours_ago, reached_at=hours_ago)
        for each in every
        if each.schedule in asleep
    }


def phase(state: Wish, source: str) -> Phase:
    """What a schedule wants now."""
    return Phase(state=state, rule=Rule.SCHEDULE, source=source, since=AT)
