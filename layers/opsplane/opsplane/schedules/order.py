"""Which moves may be made now: the app sleeps before cache and database, and wakes after them.

Nothing waits in a function: what has to wait is decided anew by the next event or sweep.
"""

from collections.abc import Iterable
from dataclasses import replace

from opsplane.schedules.decide import DOWN, Move, Verb
from opsplane.schedules.workload import Tier


def in_order(moves: Iterable[Move], waking: frozenset[str]) -> list[Move]:
    """The moves, those that are too early turned into waiting ones with the reason.

    `waking` are the keys of workloads that are on record and whose schedule wants them awake. What AWS refused or lost
    holds up nothing on the way down, and everything above it on the way up.
    """
    every = list(moves)
    down = _first_of_tiers(each for each in every if _going_down(each, waking))
    up = _first_of_tiers(each for each in every if each.workload.key in waking and each.verb in {Verb.WAKE, Verb.WAIT})
    return [_held(each, down, up) for each in every]


def _first_of_tiers(moves: Iterable[Move]) -> dict[Tier, Move]:
    """One move of each tier says for all of them that the tier is not done yet; there may be ten thousand."""
    found: dict[Tier, Move] = {}
    for each in moves:
        found.setdefault(each.workload.tier, each)
    return found


def _going_down(move: Move, waking: frozenset[str]) -> bool:
    """Whether it is not asleep yet, though it should be."""
    refused = move.sleep is not None and bool(move.sleep.error)
    return move.workload.key not in waking and not refused and move.verb in {*DOWN, Verb.WAIT}


def _held(move: Move, down: dict[Tier, Move], up: dict[Tier, Move]) -> Move:
    tier = move.workload.tier
    if move.verb in DOWN:
        # An alarm is paused in a moment, and the pass pauses alarms first.
        first = next((each for other, each in down.items() if Tier.ALARM < other < tier), None)
        return replace(move, verb=Verb.WAIT, reason=f"it sleeps after {first.workload}") if first else move
    if move.verb is Verb.WAKE and move.sleep is not None:
        first = next((each for other, each in up.items() if other > tier), None)
        return replace(move, verb=Verb.WAIT, reason=f"it wakes after {first.workload}") if first else move
    return move
