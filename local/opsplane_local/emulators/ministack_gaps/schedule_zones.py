"""Fire schedules in their time zone and within a second, with their context attributes filled in.

ministack 1.5.33 stores `ScheduleExpressionTimezone` and evaluates every expression in UTC, looks only every ten
seconds, and hands `<aws.scheduler.scheduled-time>` and its like to the target as they stand.
The attributes: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import copy
import logging
import re
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

TICK_SECONDS = 1
AT = re.compile(r"\s*at\((.+)\)\s*")

logger = logging.getLogger("scheduler")

type Scope = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """One firing: which schedule, the moment it was meant for, and whether it is its last."""

    scope: Scope
    schedule: dict[str, Any]
    moment: datetime
    last: bool


def install() -> None:
    """Replace the sweep over all schedules by one that knows zones, and shorten both sweeps."""
    scheduler: Any = import_module("ministack.services.scheduler")
    eventbridge: Any = import_module("ministack.services.eventbridge")
    scheduler._tick_schedules = lambda: fire_due_schedules(time.time())
    scheduler._SCHEDULE_TICK_INTERVAL = TICK_SECONDS
    eventbridge._SCHEDULER_TICK_INTERVAL = TICK_SECONDS


def fire_due_schedules(now: float) -> None:
    """Fire each enabled schedule that is due at `now` (epoch seconds) and delete those that are completed."""
    scheduler: Any = import_module("ministack.services.scheduler")
    for scope, schedule in list(scheduler._schedules._data.items()):
        if schedule.get("State") != "ENABLED":
            continue
        end = scheduler._to_epoch(schedule.get("EndDate"))
        if end is not None and now > end:
            _delete_if_completed(scope, schedule)
            continue
        start = scheduler._to_epoch(schedule.get("StartDate"))
        if start is not None and now < start:
            continue
        due = _due(scope, schedule, now)
        if due is not None:
            scheduler._schedule_last_fired[scope] = now
            _deliver(due)
            if due.last:
                _delete_if_completed(scope, schedule)


def next_occurrence(expression: str, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return when a `cron()` `expression`, read in `zone`, is due next after `after`; None when never."""
    eventbridge: Any = import_module("ministack.services.eventbridge")
    fields = eventbridge._parse_cron_fields(expression)
    if fields is None:
        return None
    found: datetime | None = eventbridge._cron_next_fire(fields, after.astimezone(zone))
    return found


def _due(scope: Scope, schedule: dict[str, Any], now: float) -> Due | None:
    scheduler: Any = import_module("ministack.services.scheduler")
    eventbridge: Any = import_module("ministack.services.eventbridge")
    fired = scheduler._schedule_last_fired
    expression, zone = schedule.get("ScheduleExpression", ""), _zone(schedule)
    if once := AT.fullmatch(expression):
        moment = datetime.fromisoformat(once.group(1).strip()).replace(tzinfo=zone)
        return Due(scope, schedule, moment, last=True) if _reached(moment, now) and scope not in fired else None
    interval = eventbridge._parse_rate_seconds(expression)
    if interval is not None:
        previous = fired.setdefault(scope, schedule.get("CreationDate", now))
        moment = datetime.fromtimestamp(previous + interval, UTC)
        return Due(scope, schedule, moment, last=False) if _reached(moment, now) else None
    previous = fired.setdefault(scope, now)
    found = next_occurrence(expression, zone, datetime.fromtimestamp(previous, UTC))
    return Due(scope, schedule, found, last=False) if found is not None and _reached(found, now) else None


def _reached(moment: datetime, now: float) -> bool:
    return moment.timestamp() <= now


def _zone(schedule: dict[str, Any]) -> ZoneInfo:
    name = schedule.get("ScheduleExpressionTimezone") or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        logger.warning("Schedule %s has the unknown time zone %r; read in UTC", schedule.get("Name"), name)
        return ZoneInfo("UTC")


def _deliver(due: Due) -> None:
    """Hand the schedule's input to its target, under the account and region that the schedule belongs to."""
    eventbridge: Any = import_module("ministack.services.eventbridge")
    responses: Any = import_module("ministack.core.responses")
    account, region, name = due.scope
    outside = (responses.get_account_id(), responses.get_region())
    responses.set_request_account_id(account)
    responses.set_request_region(region)
    try:
        eventbridge._invoke_target(_filled_in(due), _envelope(due), due.schedule)
    except Exception:
        # One broken target must not keep the others from firing.
        logger.exception("Schedule %s in %s could not be delivered", name, region)
    finally:
        responses.set_request_account_id(outside[0])
        responses.set_request_region(outside[1])


def _filled_in(due: Due) -> dict[str, Any]:
    target: dict[str, Any] = copy.deepcopy(due.schedule.get("Target") or {})
    attributes = {
        "<aws.scheduler.schedule-arn>": due.schedule["Arn"],
        "<aws.scheduler.scheduled-time>": due.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "<aws.scheduler.execution-id>": str(uuid.uuid4()),
        "<aws.scheduler.attempt-number>": "1",
    }
    for attribute, value in attributes.items():
        if isinstance(target.get("Input"), str):
            target["Input"] = target["Input"].replace(attribute, value)
    return target


def _envelope(due: Due) -> dict[str, Any]:
    """Return the event that a target without an input of its own gets."""
    account, region, _name = due.scope
    return {
        "EventId": str(uuid.uuid4()),
        "Source": "aws.scheduler",
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "Time": due.moment.timestamp(),
        "Resources": [due.schedule["Arn"]],
        "Account": account,
        "Region": region,
    }


def _delete_if_completed(scope: Scope, schedule: dict[str, Any]) -> None:
    scheduler: Any = import_module("ministack.services.scheduler")
    if schedule.get("ActionAfterCompletion") == "DELETE":
        scheduler._schedules._data.pop(scope, None)
        scheduler._schedule_last_fired.pop(scope, None)
