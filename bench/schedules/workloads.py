"""What is decided about, the same for both: 36 schedules and 10,000 workloads, on the eve of a holiday."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from opsplane.schedules.schedule import Schedule
from opsplane.schedules.sleep import Phase, Sleep, SleepStatus
from opsplane.schedules.timeline import Rule, Timeline, Wish
from opsplane.schedules.workload import Running, Workload, WorkloadKind

COUNT: Final = 10_000
AT: Final = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
"""Afternoon in America, evening in Europe, a holiday already further east: half of the schedules want sleep."""

HOLIDAYS: Final = frozenset({date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 25)})

_SINCE = AT - timedelta(hours=3)
_ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo")
"""No more than eight: dateutil, which Custodian asks, keeps that many and else reads a file for each resource."""

_SCHEDULES = 36
_KINDS = (WorkloadKind.INSTANCE, WorkloadKind.SERVICE, WorkloadKind.SERVICE, WorkloadKind.DATABASE, WorkloadKind.GROUP)
_MOVING = 97
"""Every 97th workload is not as it should be; a prime number, so that each schedule has such ones."""
_KEPT = 53
"""Every 53rd that should sleep was started by somebody and is left alone."""


@dataclass(frozen=True)
class Shape:
    """Hours of work, in our words and in those of Custodian's tags."""

    periods: tuple[str, ...]
    off: str
    on: str
    maintenance: tuple[str, ...] = ()
    holidays: bool = False


_SHAPES = (
    Shape(("mon-fri 08:00 20:00",), "(M-F,20),(W,4)", "(M-F,8),(W,2)", maintenance=("wed 02:00 04:00",)),
    Shape(("mon-fri 07:00 12:00", "mon-fri 13:00 19:00"), "(M-F,12),(M-F,19)", "(M-F,7),(M-F,13)", holidays=True),
    Shape(("mon-fri 09:00 18:00", "sat 10:00 14:00"), "(M-F,18),(S,14)", "(M-F,9),(S,10)", holidays=True),
    Shape(("mon-sun 06:00 22:00",), "(M-U,22)", "(M-U,6)"),
    Shape(("mon-fri 22:00 06:00",), "(T-S,6)", "(M-F,22)", holidays=True),
    Shape(("mon-fri 00:00 24:00",), "(S,0)", "(M,0)"),
)


def timelines() -> dict[str, Timeline]:
    """All schedules, neighbours in other zones; nothing is worked out yet."""
    found = {}
    for number in range(_SCHEDULES):
        shape, zone = _shape(number), _ZONES[number % len(_ZONES)]
        holidays = HOLIDAYS if shape.holidays else frozenset()
        name = f"{zone.rpartition('/')[2].lower()}-{number}"
        found[name] = Timeline(name, _schedule(shape), zone, holidays)
    return found


def for_custodian() -> dict[str, Any]:
    """The same in its words: tags of policies without and with days to skip, and how often each occurs."""
    tags: dict[bool, list[str]] = {False: [], True: []}
    for number in range(COUNT):
        shape, zone = _shape(number % _SCHEDULES), _ZONES[number % _SCHEDULES % len(_ZONES)]
        tags[shape.holidays].append(f"off=[{shape.off}];on=[{shape.on}];tz={zone}")
    return {
        "at": AT.isoformat(),
        "policies": [
            {"tags": tags[False], "skip": []},
            {"tags": tags[True], "skip": sorted(day.isoformat() for day in HOLIDAYS)},
        ],
    }


def phase(state: Wish, source: str) -> Phase:
    """What a schedule has wanted for hours."""
    return Phase(state=state, rule=Rule.SCHEDULE, source=source, since=_SINCE)


def prepared() -> tuple[list[Workload], dict[str, Sleep]]:
    """The workloads as AWS shows them at the instant, and what is on record; one in a hundred is to be moved."""
    wishes = {name: each.wish(AT)[0] for name, each in timelines().items()}
    names, workloads, sleeps = list(wishes), [], {}
    for number in range(COUNT):
        name = names[number % _SCHEDULES]
        # What is on the default schedule has no tag.
        tag = "" if name == names[0] else name
        kind = _KINDS[number % len(_KINDS)]
        size = {"desired": 2} if kind in {WorkloadKind.SERVICE, WorkloadKind.GROUP} else {}
        running, record = _state(number, phase(wishes[name], name))
        seen = Workload(kind, f"app/{number}", running, schedule=tag, size=size if running is Running.RUNNING else {})
        workloads.append(seen)
        if record:
            sleeps[seen.key] = record.model_copy(update={"key": seen.key, "saved": size})
    return workloads, sleeps


def _state(number: int, night: Phase) -> tuple[Running, Sleep | None]:
    """Whether a workload runs, and what is on record about it."""
    record = Sleep(environment="dev", key="-", phase=night.id, began_at=_SINCE, reached_at=_SINCE)
    moving = number % _MOVING == 0
    if night.state is not Wish.STOPPED:
        return (Running.STOPPED, record) if moving else (Running.RUNNING, None)
    if not moving:
        kept = number % _KEPT == 0
        return (Running.RUNNING, record.changed(status=SleepStatus.KEPT)) if kept else (Running.STOPPED, record)
    # New in the environment; started by somebody; seen asleep for the first time.
    cases = ((Running.RUNNING, None), (Running.RUNNING, record), (Running.STOPPED, record.changed(reached_at=None)))
    return cases[number // _MOVING % len(cases)]


def _shape(number: int) -> Shape:
    """Each zone meets all six."""
    return _SHAPES[(number + number // len(_ZONES)) % len(_SHAPES)]


def _schedule(shape: Shape) -> Schedule:
    return Schedule.model_validate(
        {
            "periods": [_period(each) for each in shape.periods],
            "maintenance": [_period(each) for each in shape.maintenance],
            "holidays": ["firm"] if shape.holidays else [],
        }
    )


def _period(words: str) -> dict[str, str]:
    return dict(zip(("days", "start", "end"), words.split(), strict=True))
