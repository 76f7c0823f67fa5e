"""What the scheduler did, written where people look: an item for each edge, and one for each trouble."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from opsplane.flow import run
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item, ItemState, item_id
from opsplane.ledger.ledger import Change, Trail
from opsplane.model import Json
from opsplane.notices.notice import compose, message
from opsplane.ports import Ports
from opsplane.records import amend
from opsplane.schedules.sleep import Phase
from opsplane.schedules.workload import WorkloadKind, parts_of
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

MAX_LINES = 50
"""Lines of one write: DynamoDB takes a hundred rows in a transaction."""

_TYPES = {
    WorkloadKind.SERVICE: "AWS::ECS::Service",
    WorkloadKind.GROUP: "AWS::AutoScaling::AutoScalingGroup",
    WorkloadKind.INSTANCE: "AWS::EC2::Instance",
    WorkloadKind.DATABASE: "AWS::RDS::DBInstance",
    WorkloadKind.CLUSTER: "AWS::RDS::DBCluster",
    WorkloadKind.CACHE: "AWS::ElastiCache::ReplicationGroup",
    WorkloadKind.ALARM: "AWS::CloudWatch::Alarm",
}


@dataclass(frozen=True)
class Journal:
    """Writes about one environment."""

    environment: str
    ports: Ports

    def begin(self, line: str, phase: Phase, title: str, facts: dict[str, Json], *, held: bool = False) -> str:
        """The item of an edge, told once; a second beginning of the same one finds the first.

        `held` is about what is only told, not done: when it is done after all, that is an item of its own.
        """
        state = f"{phase.state}{'-held' if held else ''}"
        name = f"schedule-{self.environment}-{line}-{phase.since:%Y%m%dT%H%M%S}-{state}"
        return self._hear(name, title, Severity.INFO, self._own(), facts, line, phase.id, state)

    def going(self, line: str, phase: Phase) -> str:
        """The item of an edge that a pass began and did not live to hand on; empty when there is none that goes on."""
        key = dedupe_key(Kind.SCHEDULE, self._own(), line, phase.id, str(phase.state))
        item = self.ports.ledger.item(item_id(key))
        return item.id if item and item.state is not ItemState.CLOSED else ""

    def tell(  # noqa: PLR0913 - what an item consists of
        self, key: str, occasion: str, moment: str, title: str, severity: Severity, *, same: str = ""
    ) -> str:
        """An item about one workload, one for each occasion; told once for each text and moment, such as a night.

        `same` stands for the text where that holds something new each time.
        """
        # A signal's id is cut off at its end, and names and tags may be long: what tells two apart must not be there.
        digest = hashlib.sha256(f"{key}\n{moment}\n{same or title}".encode()).hexdigest()[:10]
        name = f"schedule-{self.environment}-{key[:100]}-{occasion}-{moment[:60]}-{digest}".replace(":", "-")
        return self._hear(name, title, severity, self._resource(key), {}, occasion)

    def over(self, key: str, occasion: str, title: str) -> None:
        """What an item of `tell` was about is over."""
        resource = self._resource(key)
        name = f"schedule-{self.environment}-{key[:100]}-over-{self.ports.now():%Y%m%dT%H%M%S%f}".replace(":", "-")
        signal = self._signal(name, title, Severity.INFO, resource, occasion)
        run(signal.model_copy(update={"dismissal": signal.title, "clears": True}), self.ports)

    def add(self, item_id: str, lines: Sequence[str], *, close: bool = False, tell: str = "") -> None:
        """Add lines to an item, and close it when its story is over; `tell` is what people are to hear then."""

        def build(item: Item) -> Change:
            at = self.ports.now()
            ended = close and item.state is not ItemState.CLOSED
            trail = Trail(item.move(ItemState.CLOSED, at) if ended else item, at, self.ports.function)
            more = [f"and {len(lines) - MAX_LINES} lines more"] if len(lines) > MAX_LINES else []
            for line in [*lines[:MAX_LINES], *more]:
                trail.add(EntryKind.STEP, line)
            # A pass that died after it told so has left the item closed under that title.
            news = "" if item.state is ItemState.CLOSED and item.title == tell else tell
            if news:
                trail.item = trail.item.change(at, title=news)
                trail.add(EntryKind.STEP, news)
            notice = compose(trail.item, None, news, self.ports.settings.console_url)
            return trail.change(outbox=[message(notice)] if news else [])

        amend(item_id, self.ports, build)

    def _hear(
        self,
        name: str,
        title: str,
        severity: Severity,
        resource: Resource,
        facts: dict[str, Json],
        *occasion: str,
    ) -> str:
        signal = self._signal(name, title, severity, resource, *occasion)
        return run(signal.model_copy(update={"facts": facts}), self.ports).item_id or ""

    def _signal(self, name: str, title: str, severity: Severity, resource: Resource, *occasion: str) -> Signal:
        return Signal(
            id=f"{name}:{Kind.SCHEDULE.value}",
            kind=Kind.SCHEDULE,
            source="opsplane.scheduler",
            severity=severity,
            title=title,
            resource=resource,
            time=self.ports.now(),
            dedupe_key=dedupe_key(Kind.SCHEDULE, resource, *occasion),
            environment=self.environment,
        )

    def _own(self) -> Resource:
        return self._made("opsplane::Environment", self.environment)

    def _resource(self, key: str) -> Resource:
        kind, name = parts_of(key)
        return self._made(_TYPES[kind], name)

    def _made(self, kind: str, name: str) -> Resource:
        settings = self.ports.settings
        return Resource(type=kind, id=name, account=settings.account, region=settings.region)
