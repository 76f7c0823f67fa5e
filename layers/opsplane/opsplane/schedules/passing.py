"""One pass of an environment: look, decide, put in order, act, record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from opsplane.errors import LedgerConflict
from opsplane.ports import Ports
from opsplane.records import ATTEMPTS
from opsplane.rulebook import in_force as policies_in_force
from opsplane.schedules import estate
from opsplane.schedules.alarms import alarm_moves
from opsplane.schedules.book import Desk
from opsplane.schedules.carry import Carrier
from opsplane.schedules.decide import ACTS, DOWN, LOST, Line, Move, Verb, Wishes, decide
from opsplane.schedules.estate import alarms, databases
from opsplane.schedules.journal import Journal
from opsplane.schedules.order import in_order
from opsplane.schedules.override import Override
from opsplane.schedules.phases import lines_now, used_by
from opsplane.schedules.proposal import Proposal, propose
from opsplane.schedules.sleep import Head, Phase, Sleep, SleepStatus
from opsplane.schedules.telling import Teller
from opsplane.schedules.timeline import Wish
from opsplane.schedules.timetable import Timetable
from opsplane.schedules.wanted import next_edge, relevant, wanted
from opsplane.schedules.workload import Running, Workload, WorkloadKind, is_alarm, parts_of

_PENDING = frozenset({Verb.SLEEP, Verb.AGAIN, Verb.BACK, Verb.WAKE, Verb.WAIT, Verb.REACHED})


@dataclass
class Outcome:
    """What a pass came to; `pending`: it is not at its end, and the next sweep has to look."""

    state: str
    reason: str
    phases: dict[str, Phase]
    items: dict[str, str]
    open: int
    pending: bool
    lines: list[str]
    waiting: list[str]


@dataclass
class Pass:
    """One pass; what it needs is read once."""

    environment: str
    desk: Desk
    book: Timetable
    overrides: Sequence[Override]
    head: Head
    starts: Mapping[str, str]
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        """One moment for the whole pass."""
        self.now = self.desk.ports.now()

    @property
    def ports(self) -> Ports:
        """The core's ports."""
        return self.desk.ports

    @property
    def default(self) -> str:
        """The schedule of what has no tag of its own."""
        return self.book.environments[self.environment].schedule

    @cached_property
    def lines(self) -> dict[str, Line]:
        """What is wanted, by schedule and by workload with an exception."""
        return lines_now(self.environment, self.book, self.overrides, self.head, self.now)

    @cached_property
    def workloads(self) -> tuple[Workload, ...]:
        """What there is, alarms apart."""
        protected = policies_in_force(self.ports.ledger.override(), self.ports).protected_tag
        settings = self.book.environments[self.environment]
        return estate.survey(self.ports.api, self.environment, settings, self.book.file.tag, protected)

    @cached_property
    def sleeps(self) -> dict[str, Sleep]:
        """What is on record, with what an event told about who started it."""
        every = {sleep.key: sleep for sleep in self.desk.store.sleeps(self.environment)}
        for key, who in self.starts.items():
            sleep = every.get(key)
            if sleep and sleep.reached_at and not sleep.waking_at and sleep.started_by != who:
                told = sleep.changed(started_by=who)
                self.desk.store.put_sleep(told)
                every[key] = told
        return every

    @cached_property
    def moves(self) -> list[Move]:
        """What is to be done, in order; what is too early waits."""
        every = decide(self.workloads, self.wishes, self.sleeps, self.now)
        seen = self._schedules.keys()
        if self.lines[self.default].phase.state is Wish.RUNNING:
            lost = (sleep for key, sleep in self.sleeps.items() if key not in seen and not is_alarm(key))
            every += [self._found(sleep) for sleep in lost]
        waking = {key for key in self.sleeps if key not in seen or self.line_of(key).phase.state is Wish.RUNNING}
        return in_order(every, frozenset(waking))

    def _found(self, sleep: Sleep) -> Move:
        """What is to be done about something that is not shown any more: RDS starts only what is stopped."""
        there = _lost(sleep)
        if there.kind in {WorkloadKind.DATABASE, WorkloadKind.CLUSTER}:
            there = databases.find(self.ports.api, there.kind, there.id) or there
        verbs = {Running.STOPPED: Verb.WAKE, Running.STOPPING: Verb.WAIT, Running.RUNNING: Verb.AWAKE}
        return Move(verbs[there.running], there, sleep, LOST)

    @property
    def wishes(self) -> Wishes:
        """What is wanted, as decisions take it."""
        return Wishes(self.lines, self.default, self.freed, self.starts)

    @property
    def freed(self) -> frozenset[str]:
        """The workloads whose own exception is over since the last pass, or that still have to go to sleep since."""
        return frozenset(name for name in self.head.phases if ":" in name and name not in self.lines)

    def line_of(self, key: str) -> Line:
        """The line that a workload follows."""
        return self.lines[self.line_name(key)]

    def _rests(self, key: str) -> bool:
        return self.line_of(key).phase.state is Wish.STOPPED

    def line_name(self, key: str) -> str:
        """What the line of a workload is called."""
        if key in self.lines:
            return key
        named = self._schedules.get(key, "") or self.default
        return named if named in self.lines else self.default

    @cached_property
    def _schedules(self) -> dict[str, str]:
        return {workload.key: workload.schedule for workload in self.workloads}

    def make(self) -> Outcome:
        """Make the pass."""
        # A night that began is brought to its end, also when somebody wants to be told only from now on.
        observing = self.book.environments[self.environment].mode == "observe" and not self.sleeps
        teller = Teller(self, Journal(self.environment, self.ports))
        frozen, too_many = self._frozen(), self._too_many()
        carrier, watched = self._carrier(), list[Move]()
        self._remember()
        if observing or frozen:
            teller.hold_back(frozen)
        elif too_many:
            # Something else may have to wake meanwhile, by a schedule of its own.
            teller.hold_back(too_many, DOWN)
            watched = self._alarms()
            others = [move for move in (*self.moves, *watched) if move.verb not in DOWN]
            teller.foretell_each(others)
            self._act(carrier, watched, down=False)
            teller.tell_each(others, carrier)
            carrier.bury()
        else:
            watched = self._alarms()
            teller.foretell(watched)
            self._act(carrier, watched)
            teller.tell(carrier, watched)
            carrier.bury()
        waits = bool(self._pending) or any(move.verb in _PENDING for move in watched)
        pending = (not observing) and (bool(carrier.acted) or waits)
        return self._outcome(carrier, teller, pending=pending, observing=observing)

    @cached_property
    def _pending(self) -> frozenset[str]:
        """The keys of what is not as it should be yet."""
        return frozenset(move.workload.key for move in self.moves if move.verb in _PENDING)

    def _remember(self) -> None:
        """Write since when new phases last, before anything is told or done in their name.

        A pass that dies leaves them to the next one, which goes on with the same story.
        """
        before = self.head.phases
        fresh = {name: phase for name, phase in self._used.items() if name not in before or before[name].id != phase.id}
        for _ in range(ATTEMPTS if fresh else 0):
            noted = {"phases": {**before, **fresh}, "version": self.head.version + 1}
            try:
                self.desk.store.put_head(self.head.model_copy(update=noted))
            except LedgerConflict:
                stored = self.desk.store.read().head(self.environment)
                self.head = self.head.model_copy(update={"version": stored.version, "again": stored.again})
                continue
            self.head = self.head.model_copy(update=noted)
            return

    @property
    def _used(self) -> dict[str, Phase]:
        """The phases of the schedules that something follows."""
        return used_by(self.lines, {workload.schedule or self.default for workload in self.workloads} | {self.default})

    def _act(self, carrier: Carrier, watched: list[Move], *, down: bool = True) -> None:
        """Record what was found, then alarms before everything that they watch goes down, then the moves.

        Without `down` nothing goes down.
        """
        for move in (*self.moves, *watched):
            carrier.record(move, self.now)
        if down:
            carrier.sleep([move for move in watched if move.verb in DOWN])
            carrier.sleep([move for move in self.moves if move.verb in DOWN])
        carrier.wake([move for move in self.moves if move.verb is Verb.WAKE])
        carrier.wake([move for move in watched if move.verb is Verb.WAKE])

    def _alarms(self) -> list[Move]:
        """What is to be done about alarms; they are read only when something sleeps or did."""
        ended = {move.workload.key for move in self.moves if move.verb in {Verb.AWAKE, Verb.KEEP, Verb.RELEASE}}
        asleep = {
            key for key, sleep in self.sleeps.items() if sleep.status is SleepStatus.ASLEEP and not is_alarm(key)
        } - ended
        going = {
            move.workload.key
            for move in self.moves
            if move.verb in {*DOWN, Verb.BACK} or (move.verb is Verb.WAIT and self._rests(move.workload.key))
        }
        recorded = any(is_alarm(key) for key in self.sleeps)
        if not (asleep or going or recorded):
            return []
        found = alarms.read(self.ports.api, self.workloads)
        seen = {alarm.key for alarm in found}
        missing = [sleep for key, sleep in self.sleeps.items() if is_alarm(key) and key not in seen]
        over = not asleep or self.lines[self.default].phase.state is Wish.RUNNING
        lost = [Move(Verb.WAKE, _lost(sleep), sleep, LOST) for sleep in missing if over]
        return [*alarm_moves(found, self.sleeps, frozenset(asleep | going)), *lost]

    def _carrier(self) -> Carrier:
        phases = {move.workload.key: self.line_of(move.workload.key).phase.id for move in self.moves}
        return Carrier(self.environment, self.ports.api, self.desk.store, self.now, phases, self.ports.now)

    def _frozen(self) -> str:
        """Why nothing may be changed, if anything would be."""
        if not any(move.verb in ACTS for move in self.moves):
            return ""
        for freeze in self.ports.ledger.freezes():
            if freeze.holds(self.environment, self.now):
                return f"{self.environment} is frozen: {freeze}"
        return ""

    def _too_many(self) -> str:
        """Why nothing may be stopped: it is more than the environment allows at once."""
        limit = self.book.environments[self.environment].limit
        stops = sum(move.verb in DOWN for move in self.moves)
        if stops > limit:
            return f"{stops} workloads would be stopped, and the limit of {self.environment} is {limit}"
        return ""

    def _outcome(self, carrier: Carrier, teller: "Teller", *, pending: bool, observing: bool) -> Outcome:
        unsettled = {self.line_name(key) for key in self._pending}
        phases = {
            name: phase.model_copy(update={"settled": phase.settled or not (observing or name in unsettled)})
            for name, phase in self._used.items()
        }
        phases |= {key: self.head.phases[key] for key in self.freed & self._pending}
        wants = wanted(self.book.timelines[self.default], relevant(self.overrides, self.environment), self.now)
        return Outcome(
            state=wants.state.value,
            reason=wants.reason,
            phases=phases,
            items=teller.items,
            open=len(self.sleeps),
            pending=pending,
            lines=carrier.lines,
            waiting=[f"{move.workload}: {move.reason}" for move in self.moves if move.verb is Verb.WAIT],
        )

    def proposed(self, moves: Iterable[Move] | None = None, line: str = "") -> Proposal:
        """What moves mean, in words and money, until the next edge of their schedule."""
        name = line if line in self.book.timelines else self.default
        timeline = self.book.timelines[name]
        until = next_edge(timeline, relevant(self.overrides, self.environment), self.now)
        clock = f"{timeline.local(until):%a %d %b %H:%M %Z}" if until else ""
        return propose(self.environment, self.moves if moves is None else moves, self.now, until, clock)


def foresee(visit: Pass) -> Proposal:
    """What a pass would do; nothing is changed, and gates are not asked: it is the whole way."""
    return visit.proposed(decide(visit.workloads, visit.wishes, visit.sleeps, visit.now))


def _lost(sleep: Sleep) -> Workload:
    """Something on record that AWS does not show under the environment's tag any more."""
    kind, name = parts_of(sleep.key)
    return Workload(kind=kind, id=name, running=Running.STOPPED, size=sleep.saved)
