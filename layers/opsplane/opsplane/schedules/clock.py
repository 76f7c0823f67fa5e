"""Local times as instants: what a wall clock says, also on the days on which it is changed.

https://docs.python.org/3/library/zoneinfo.html, PEP 495.
"""

from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

MINUTES_OF_DAY = 1440


@lru_cache(maxsize=20_000)
def instant(day: date, minute: int, zone: str) -> datetime:
    """The UTC instant at which a clock in `zone` shows `minute` (0 to 1440) of a day.

    A time that the clock skips is the first instant after the gap; one that it shows twice is its first showing.
    """
    place = ZoneInfo(zone)
    days, rest = divmod(minute, MINUTES_OF_DAY)
    naive = datetime(day.year, day.month, day.day) + timedelta(days=days, minutes=rest)  # noqa: DTZ001 - a wall clock
    first = naive.replace(tzinfo=place).astimezone(UTC)
    later = naive.replace(tzinfo=place, fold=1).astimezone(UTC)
    # In a gap the two readings lie the other way round, with the moment of the change between them.
    return first if later >= first else _change(later, first, place)


def _change(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    """The second in which the offset changes, between an instant before it and one after it."""
    old = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(place).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def zone_named(name: str) -> str:
    """An IANA zone's name, as it is written there.

    Raises:
        ValueError: there is no such zone; the message names one that looks like it.
    """
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
        advice = f"; did you mean {near[0]}?" if near else ""
        message = f"{name!r} is no time zone of the IANA database{advice}"
        raise ValueError(message) from error
