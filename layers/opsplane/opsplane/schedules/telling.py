"""Who is told what about a pass: each edge once, each trouble once, and when it is over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from opsplane.model import Json
from opsplane.schedules.carry import Carrier
from opsplane.schedules.decide import ACTS, BY_AWS, DOWN, Move, Verb
from opsplane.schedules.journal import Journal
from opsplane.schedules.proposal import count
from opsplane.schedules.sleep import Sleep, SleepStatus
from opsplane.schedules.timeline import Wish
from opsplane.schedules.workload import WorkloadKind, is_alarm, words_of
from opsplane.signals.signal import Severity

if TYPE_CHECKING:
    from opsplane.schedules.passing import Pass

STUCK = timedelta(minutes=30)
"""After how long people are told that something neither sleeps nor wakes."""

RUNBOOK = "environment-does-not-wake.md"
"""What to do about a trouble."""

_MOVING = ACTS | {Verb.WAIT}
_NOT_KEPT = frozenset({Verb.AGAIN, Verb.BACK, Verb.RELEASE})
_TROUBLE, _OUT_OF_HOURS = "trouble", "out-of-hours"
_ENDS = {Verb.REACHED: "asleep", Verb.AWAKE: "awake", Verb.KEEP: "awake", Verb.RELEASE: "as it should be"}


@dataclass
class Teller:
    """Tells about one pass; `items` are those whose story goes on, by the ids of their phases.

    `stays` is what an edge that begins leaves alone, and `stopped` the items of what is stopped again, by key.
    """

    visit: "Pass"
    journal: Journal
    items: dict[str, str] = field(init=False)
    stays: list[str] = field(default_factory=list, init=False)
    stopped: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Go on with the stories that the last pass left."""
        self.items = dict(self.visit.head.items)

    def hold_back(self, objection: str, verbs: frozenset[Verb] = ACTS) -> None:
        """Tell what would have been done; `objection` is why it was not, empty when the environment only observes.

        `verbs` are what is held back.
        """
        for line, moves in self._by_line().items():
            if not any(move.verb in verbs for move in moves):
                continue
            found = self.visit.proposed(moves, line)
            title = f"{found.summary}: not done: {objection}" if objection else f"observe: {found.summary}"
            phase = self.visit.lines[line].phase
            item = self.journal.begin(line, phase, title, _facts(moves), held=True)
            if item and _held(phase.id) not in self.items:
                lines = [f"dry run: {each}" for each in (*found.stops, *found.starts, *found.stays)]
                self.journal.add(item, lines, close=not objection)
                self.items[_held(phase.id)] = item
        self._forget_old(close=bool(objection))

    def foretell(self, watched: Iterable[Move]) -> None:
        """Tell what begins and what is over, before it is done or recorded: whoever dies here is followed by the same.

        `watched` is what has to be done about alarms.
        """
        grouped = self._by_line()
        for line in sorted({*grouped, *self.visit.head.phases} & self.visit.lines.keys()):
            self._begin(line, grouped.get(line, []))
        self.foretell_each((*self.visit.moves, *watched))

    def foretell_each(self, moves: Iterable[Move]) -> None:
        """Tell what is over for single workloads, and what somebody started."""
        for move in moves:
            self._over(move)
            self._out_of_hours(move)

    def tell(self, carrier: Carrier, watched: Iterable[Move]) -> None:
        """Tell what was done."""
        self._edges(carrier)
        for phase, item in [(phase, item) for phase, item in self.items.items() if phase.startswith(_HELD)]:
            self.journal.add(item, ["it is done after all"], close=True)
            del self.items[phase]
        self.tell_each((*self.visit.moves, *watched), carrier)
        self._forget_old()

    def tell_each(self, moves: Iterable[Move], carrier: Carrier) -> None:
        """Tell of the troubles of single workloads, and of what is not as scheduled."""
        for move in moves:
            self._about(move, carrier)
            if lines := _lines(move, carrier) if move.workload.key in self.stopped else []:
                self.journal.add(self.stopped[move.workload.key], lines)
        for sleep, ending in carrier.gone:
            self._gone(sleep, ending)

    def _gone(self, sleep: Sleep, ending: str) -> None:
        """Tell of what is no more; alarms come and go, and only their troubles end."""
        title = f"{words_of(sleep.key)} of {self.visit.environment} was on record as asleep, and {ending}"
        if sleep.told or sleep.error:
            self.journal.over(sleep.key, _TROUBLE, title)
        if not is_alarm(sleep.key):
            self._mention((sleep.key, "gone", self._moment(sleep)), title, Severity.LOW)

    def _begin(self, line: str, moves: list[Move]) -> None:
        """Begin the item of a schedule's edge with the first move, or find the one that was begun."""
        phase = self.visit.lines[line].phase
        if phase.settled or phase.id in self.items:
            return
        if any(move.verb in ACTS for move in moves):
            found = self.visit.proposed(moves, line)
            item = self.journal.begin(line, phase, found.summary, _facts(moves))
            self.stays += found.stays
        else:
            item = self.journal.going(line, phase)
        if item:
            self.items[phase.id] = item

    def _edges(self, carrier: Carrier) -> None:
        """Write what was done to the items of the schedules' edges, and close those where all is as wanted."""
        lines = [*carrier.lines, *self.stays]
        for line, moves in self._by_line().items():
            phase = self.visit.lines[line].phase
            item = self.items.get(phase.id, "")
            done = not any(move.verb in _MOVING for move in moves)
            if not item or not (lines or done):
                continue
            word = {Wish.STOPPED: "is asleep", Wish.RUNNING: "is awake"}.get(phase.state, "is as it was")
            tell = f"{self._name(line)} {word}" if done and phase.state is Wish.RUNNING else ""
            self.journal.add(item, lines, close=done, tell=tell)
            lines = []
            if done:
                del self.items[phase.id]

    def _name(self, line: str) -> str:
        visit = self.visit
        return visit.environment if line == visit.default else f"{visit.environment}, {line}"

    def _about(self, move: Move, carrier: Carrier) -> None:
        key, words = move.workload.key, f"{move.workload} of {self.visit.environment}"
        if key in carrier.refused:
            advice = f"; {move.workload.fallen}" if move.workload.fallen else ""
            self._trouble(move, f"{words} does not {_wish(move)}: {carrier.refused[key]}{advice}")
        elif move.verb is Verb.LEAVE and (move.sleep or move.workload.fallen):
            self._trouble(move, f"{words} is left as it is: {move.reason}")
        elif move.verb is Verb.LEAVE and not move.workload.hindrance:
            title = f"{words} is left as it is: {move.reason}"
            self.journal.tell(key, _TROUBLE, move.workload.schedule, title, Severity.MEDIUM)
        elif move.verb in {Verb.WAKE, Verb.WAIT} and move.workload.fallen and move.reason == move.workload.fallen:
            self._trouble(move, f"{words} was started and did not come up: {move.reason}")
        elif move.verb in {Verb.WAKE, Verb.WAIT, Verb.SLEEP} and self._stuck(move):
            self._trouble(move, f"{words} does not {_wish(move)} since {STUCK.seconds // 60} minutes: {move.reason}")

    def _over(self, move: Move) -> None:
        """A trouble is over with what it was about: it sleeps, or it runs."""
        sleep = move.sleep
        if move.verb in _ENDS and sleep and (sleep.told or sleep.error):
            title = f"{move.workload} of {self.visit.environment} is {_ENDS[move.verb]} now"
            self.journal.over(move.workload.key, _TROUBLE, title)

    def _out_of_hours(self, move: Move) -> None:
        """Tell of what somebody started while it should sleep, and when that is over."""
        key, words = move.workload.key, f"{move.workload} of {self.visit.environment}"
        if move.verb is Verb.KEEP:
            title = f"{words} runs while it should sleep: {move.reason}. It is kept until the next stop"
            if item := self.journal.tell(key, _OUT_OF_HOURS, self._moment(move.sleep), title, Severity.LOW):
                self.journal.add(item, [f"{move.workload} is kept running: {move.reason}"])
        elif move.sleep and move.sleep.status is SleepStatus.KEPT and move.verb in _NOT_KEPT:
            self.journal.over(key, _OUT_OF_HOURS, f"{words}: {move.reason}")
        elif move.verb in DOWN and move.reason.startswith("started by"):
            severity = Severity.INFO if BY_AWS in move.reason else Severity.LOW
            title = f"{words} is stopped again: {move.reason}"
            self.stopped[key] = self._mention((key, _OUT_OF_HOURS, self._moment(move.sleep)), title, severity)

    def _stuck(self, move: Move) -> bool:
        sleep = move.sleep
        if sleep is None:
            return False
        since = sleep.waking_at or (None if sleep.reached_at else sleep.began_at)
        return since is not None and self.visit.now - since >= STUCK

    def _trouble(self, move: Move, title: str) -> None:
        """Tell of a trouble once, until it is over: what AWS says may hold something new each time."""
        key, store = move.workload.key, self.visit.desk.store
        if move.sleep and move.sleep.told:
            return
        stored = self._stored.get(key)
        night = self.visit.line_of(key).phase.id
        # Where nothing is on record, nothing says that it was told: the text may differ, so it must not count.
        same = "" if stored else _TROUBLE
        item = self.journal.tell(key, _TROUBLE, night, title, Severity.MEDIUM, same=same)
        if item and stored:
            self.journal.add(item, [f"runbook: docs/runbooks/{RUNBOOK}"])
        if stored and not stored.told:
            store.put_sleep(stored.changed(told=True))

    @cached_property
    def _stored(self) -> dict[str, Sleep]:
        """What is on record once all was done: what this pass began is not in its moves. Each is told of once."""
        return {each.key: each for each in self.visit.desk.store.sleeps(self.visit.environment)}

    def _mention(self, about: tuple[str, str, str], title: str, severity: Severity) -> str:
        """Tell of something that nobody has to do anything about; `about` is the key, the occasion and the moment."""
        if item := self.journal.tell(*about, title, severity):
            self.journal.add(item, [], close=True)
        return item

    def _moment(self, sleep: Sleep | None) -> str:
        """Tells one occasion from the next: the sleep that it ends, which two passes may find, or now."""
        began = (sleep.reached_at or sleep.began_at) if sleep else self.visit.now
        return f"{began:%Y%m%dT%H%M%S}"

    def _by_line(self) -> dict[str, list[Move]]:
        found: defaultdict[str, list[Move]] = defaultdict(list)
        for move in self.visit.moves:
            found[self.visit.line_name(move.workload.key)].append(move)
        for line in self.visit.lines:
            if self.visit.lines[line].phase.id in self.items:
                found.setdefault(line, [])
        return dict(found)

    def _forget_old(self, *, close: bool = True) -> None:
        """Stories of phases that are over end; what was only observed is closed already."""
        current = {line.phase.id for line in self.visit.lines.values()}
        current |= {_held(phase) for phase in current}
        for phase, item in list(self.items.items()):
            if phase not in current:
                if close:
                    self.journal.add(item, ["the schedule wants something else by now"], close=True)
                del self.items[phase]


_HELD = "held:"


def _held(phase: str) -> str:
    return f"{_HELD}{phase}"


def _lines(move: Move, carrier: Carrier) -> list[str]:
    """What was done about one workload."""
    return [line for line in carrier.lines if str(move.workload) in line]


def _wish(move: Move) -> str:
    going = move.sleep is not None and not (move.sleep.reached_at or move.sleep.waking_at)
    down = move.verb in DOWN or (move.verb is not Verb.WAKE and going)
    if move.workload.kind is WorkloadKind.CACHE:
        return "scale"
    return "sleep" if down else "wake"


def _facts(moves: Iterable[Move]) -> dict[str, Json]:
    every = list(moves)
    return {
        "stops": _named(move for move in every if move.verb in DOWN),
        "starts": _named(move for move in every if move.verb is Verb.WAKE),
        "summary": count([move for move in every if move.verb in ACTS]),
    }


def _named(moves: Iterable[Move]) -> list[Json]:
    return [*islice((str(move.workload) for move in moves), 100)]
