"""Which alarms are paused while what they watch sleeps, and which get their actions back."""

from collections.abc import Iterable, Mapping

from opsplane.schedules.decide import Move, Verb
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.workload import Running, Workload


def alarm_moves(alarms: Iterable[Workload], sleeps: Mapping[str, Sleep], asleep: frozenset[str]) -> list[Move]:
    """What is to be done about alarms; `asleep` are the keys of what sleeps or is on its way to.

    Actions that a person disabled are not on record and stay disabled. One that a person enabled at night is left so.
    """
    moves = []
    for alarm in alarms:
        sleep = sleeps.get(alarm.key)
        rests = bool(alarm.watches & asleep)
        enabled = alarm.running is Running.RUNNING
        if sleep is None:
            if rests and enabled and not alarm.hindrance:
                moves.append(Move(Verb.SLEEP, alarm))
        elif rests:
            if sleep.reached_at is None:
                moves.append(Move(Verb.SLEEP if enabled else Verb.REACHED, alarm, sleep))
            elif enabled and sleep.waking_at:
                # We enabled it, and what it watches went back to sleep before that was seen.
                moves.append(Move(Verb.AGAIN, alarm, sleep))
        else:
            moves.append(Move(Verb.AWAKE if enabled else Verb.WAKE, alarm, sleep))
    return moves
