"""What runs in an environment and can sleep."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from opsplane.model import JsonObject

NODE, SMALL = "node_type", "small"
"""What is saved of a cache: its node type, and the smaller one that it sleeps at."""


class WorkloadKind(StrEnum):
    """What can sleep; the value begins the key."""

    SERVICE = "ecs"
    GROUP = "asg"
    INSTANCE = "ec2"
    DATABASE = "rds"
    CLUSTER = "aurora"
    CACHE = "cache"
    ALARM = "alarm"

    @property
    def words(self) -> str:
        """What people call it."""
        return _WORDS[self]


_WORDS = {
    WorkloadKind.SERVICE: "ECS service",
    WorkloadKind.GROUP: "Auto Scaling group",
    WorkloadKind.INSTANCE: "EC2 instance",
    WorkloadKind.DATABASE: "RDS instance",
    WorkloadKind.CLUSTER: "Aurora cluster",
    WorkloadKind.CACHE: "ElastiCache group",
    WorkloadKind.ALARM: "alarm",
}


class Tier(IntEnum):
    """What depends on what: lower ones sleep first and wake last."""

    ALARM = 0
    APP = 1
    CACHE = 2
    DATABASE = 3


TIERS = {
    WorkloadKind.ALARM: Tier.ALARM,
    WorkloadKind.CACHE: Tier.CACHE,
    WorkloadKind.DATABASE: Tier.DATABASE,
    WorkloadKind.CLUSTER: Tier.DATABASE,
}


class Running(StrEnum):
    """Whether it runs. `stopping`: it is on its way down and nothing can be done with it."""

    RUNNING = "running"
    STOPPED = "stopped"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Workload:
    """One thing that runs or sleeps, as AWS shows it.

    Attributes:
        kind: What it is.
        id: What AWS calls it: `app/web`, `i-0123`, `orders`.
        running: Whether it runs.
        ready: Whether it is all there: a database that is available, a service with all its tasks.
        busy: Why nothing can be done with it just now.
        hindrance: Why it is left alone altogether.
        schedule: The schedule that its tag names; empty: that of the environment.
        size: What has to be put back when it wakes.
        hourly: What it costs awake, in USD an hour; None when the price table does not know it.
        tier: What it depends on.
        watches: For an alarm: the keys of what it watches.
        fallen: Why it stopped by itself, as AWS tells, e.g. a key that is disabled.
        targets: What else alarms name when they mean it: `targetgroup/web/0123`, the keys of a cluster's members.
    """

    kind: WorkloadKind
    id: str
    running: Running
    ready: bool = True
    busy: str = ""
    hindrance: str = ""
    schedule: str = ""
    size: JsonObject = field(default_factory=dict)
    hourly: float | None = None
    tier: Tier = Tier.APP
    watches: frozenset[str] = frozenset()
    fallen: str = ""
    targets: tuple[str, ...] = ()
    key: str = ""

    def __post_init__(self) -> None:
        """Work out the key once: it is asked for ten thousand times a sweep."""
        object.__setattr__(self, "key", f"{self.kind.value}:{self.id}")

    def __str__(self) -> str:
        """For people: `ECS service app/web`."""
        return f"{self.kind.words} {self.id}"


def parts_of(key: str) -> tuple[WorkloadKind, str]:
    """What a key names: the kind and the id."""
    kind, _, name = key.partition(":")
    return WorkloadKind(kind), name


def is_alarm(key: str) -> bool:
    """Whether a key names an alarm, which is no workload of its own."""
    return parts_of(key)[0] is WorkloadKind.ALARM


def words_of(key: str) -> str:
    """A key in words."""
    kind, name = parts_of(key)
    return f"{kind.words} {name}"
