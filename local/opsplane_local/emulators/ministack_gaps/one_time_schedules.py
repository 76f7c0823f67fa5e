"""Fire a one-time schedule once, also across a restart.

ministack 1.5.33 forgets on a restart which schedules have fired, so each past `at()` fires again. A one-time schedule
that came due while the platform was stopped fires late, once.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any

KEY = "opsplane_fired_once"


def install() -> None:
    """Save with the schedules which one-time schedules have fired, and restore it with them."""
    scheduler: Any = import_module("ministack.services.scheduler")
    get_state, restore_state = scheduler.get_state, scheduler._restore_state

    def get_state_with_fired() -> dict[str, Any]:
        one_time = {
            scope
            for scope, schedule in scheduler._schedules._data.items()
            if schedule["ScheduleExpression"].strip().startswith("at(")
        }
        fired = [[*scope, when] for scope, when in scheduler._schedule_last_fired.items() if scope in one_time]
        return {**get_state(), KEY: fired}

    def restore_state_with_fired(data: dict[str, Any]) -> None:
        restore_state(data)
        for account, region, name, when in data.get(KEY, []):
            scheduler._schedule_last_fired[account, region, name] = when

    scheduler.get_state = get_state_with_fired
    scheduler._restore_state = restore_state_with_fired
