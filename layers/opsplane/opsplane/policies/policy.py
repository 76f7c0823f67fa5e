"""A policy: which signals, in which environment, get which playbook in which mode."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from opsplane.model import Json, Line, Model, Name
from opsplane.signals.signal import Kind, Severity, Signal

Tags = Mapping[str, str]


class Mode(StrEnum):
    """How far a policy may go on its own."""

    OBSERVE = "observe"
    APPROVE = "approve"
    ENFORCE = "enforce"


class Match(Model):
    """Which signals a policy is about; every field that is given must fit.

    Texts in `sources`, `accounts`, `regions`, `environments`, `actors`, `resources` and values of `tags` are patterns
    with `*` and `?`. `actors` is compared with the actor's name, ARN and role. `tags` are those of the resource, read
    from AWS when the event does not tell them.
    """

    kinds: tuple[Kind, ...] = Field(min_length=1)
    severity_at_least: Severity = Severity.INFO
    sources: tuple[Name, ...] = ()
    accounts: tuple[Name, ...] = ()
    regions: tuple[Name, ...] = ()
    environments: tuple[Name, ...] = ()
    actors: tuple[Name, ...] = ()
    resources: tuple[Name, ...] = ()
    tags: dict[Name, Name] = Field(default_factory=dict)

    @property
    def asks_resource(self) -> bool:
        """Whether the resource itself has to be looked at before this can be told."""
        return bool(self.tags or self.environments)

    def refusal(self, signal: Signal) -> str | None:
        """Why the signal does not fit, or None when it does as far as the event tells."""
        if signal.kind not in self.kinds:
            return f"kind {signal.kind} is not one of {', '.join(self.kinds)}"
        if signal.severity.rank < self.severity_at_least.rank:
            return f"severity {signal.severity} is below {self.severity_at_least}"
        asked = (
            ("source", self.sources, (signal.source,)),
            ("account", self.accounts, (signal.resource.account,)),
            ("region", self.regions, (signal.resource.region,)),
            ("resource", self.resources, (signal.resource.id,)),
            ("actor", self.actors, _names(signal)),
        )
        for what, patterns, values in asked:
            if patterns and not _fits(values, patterns):
                return f"{what} {values[0] if values else '(unknown)'} is not one of {', '.join(patterns)}"
        return None

    def refusal_of_resource(self, tags: Tags, environment: str) -> str | None:
        """Why the resource does not fit, by its tags and environment, or None when it does."""
        if self.environments and not _fits((environment,), self.environments):
            return f"environment {environment} is not one of {', '.join(self.environments)}"
        for key, pattern in self.tags.items():
            if not fnmatchcase(tags.get(key, ""), pattern) or key not in tags:
                return f"tag {key} is {tags.get(key, 'not set')}, not {pattern}"
        return None


class Limits(Model):
    """How much may be done without a person; past a limit, `enforce` becomes `approve` and says so.

    `per_hour` counts the actions of one policy in a clock hour, `per_resource` those of one item (one problem of one
    resource) in the last hour, `per_item` all that it ever had, `steps` the changes in one plan (the blast radius), and
    `rounds` how often the same change was put right in a day before somebody is called: two controllers fight.
    """

    per_hour: Annotated[int, Field(ge=0, le=10_000)] = 30
    per_resource: Annotated[int, Field(ge=0, le=1000)] = 5
    per_item: Annotated[int, Field(ge=0, le=1000)] = 20
    steps: Annotated[int, Field(ge=0, le=500)] = 25
    rounds: Annotated[int, Field(ge=1, le=100)] = 3


class ResponseTimes(Model):
    """Minutes within which somebody should have an open item in hand; None: nobody waits for an answer.

    The platform document wants an answer to what is critical at once (told at once, and again when there is none), to
    high within an hour, to medium within four (§5.7.3, TDR-08).
    """

    critical: Annotated[int, Field(ge=1, le=10_080)] | None = 15
    high: Annotated[int, Field(ge=1, le=10_080)] | None = 60
    medium: Annotated[int, Field(ge=1, le=10_080)] | None = 240

    def within(self, severity: Severity) -> timedelta | None:
        """How long an item of that severity may stay open without an answer."""
        minutes: int | None = getattr(self, severity.value, None)
        return None if minutes is None else timedelta(minutes=minutes)


class Exemption(Model):
    """An exception with an owner, a reason and an end: what it covers is recorded and left alone until then.

    Every field that is given must fit, in patterns with `*` and `?`; at least one has to be given.
    """

    owner: Name = Field(min_length=1)
    reason: Line = Field(min_length=1)
    until: date
    resources: tuple[Name, ...] = ()
    accounts: tuple[Name, ...] = ()
    environments: tuple[Name, ...] = ()
    actors: tuple[Name, ...] = ()
    tags: dict[Name, Name] = Field(default_factory=dict)

    def covers(self, signal: Signal, tags: Tags, environment: str) -> bool:
        """Whether the signal and its resource fit, whatever the date."""
        asked = (
            (self.resources, (signal.resource.id,)),
            (self.accounts, (signal.resource.account,)),
            (self.environments, (environment,)),
            (self.actors, _names(signal)),
        )
        named = all(_fits(values, patterns) for patterns, values in asked if patterns)
        tagged = all(key in tags and fnmatchcase(tags[key], pattern) for key, pattern in self.tags.items())
        return named and tagged and bool(self.tags or any(patterns for patterns, _ in asked))

    def ended(self, now: datetime) -> bool:
        """Whether its last day (UTC) is over."""
        return now.date() > self.until

    def __str__(self) -> str:
        """Whose, until when and why."""
        return f"exception of {self.owner} until {self.until}: {self.reason}"


class Policy(Model):
    """One rule.

    `mode` maps an environment, or `default`, to how far it may go there; `severity` overrides the signal's. `route`
    names the channels of its notices; empty means by severity. `four_eyes` says whether whoever made the change may not
    approve what is planned about it; where it does not say, the set does.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
    description: Line
    match: Match
    playbook: Name | None = None
    mode: dict[Name, Mode]
    severity: Severity | None = None
    tell: bool = True
    limits: Limits | None = None
    exceptions: tuple[Exemption, ...] = ()
    route: tuple[Literal["slack", "pagerduty"], ...] = ()
    four_eyes: bool | None = None
    parameters: dict[str, Json] = Field(default_factory=dict)

    def mode_in(self, environment: str) -> Mode:
        """The mode in an environment; `observe` where the policy names neither it nor a default."""
        return self.mode.get(environment, self.mode.get("default", Mode.OBSERVE))

    def exempts(self, signal: Signal, tags: Tags, environment: str, now: datetime) -> Exemption | None:
        """The exception that covers a signal today, or None."""
        standing = (each for each in self.exceptions if not each.ended(now))
        return next((each for each in standing if each.covers(signal, tags, environment)), None)


class Look(NamedTuple):
    """What the resource itself tells: its tags and its environment."""

    tags: Tags
    environment: str


class PolicySet(Model):
    """All policies, first match wins, and what holds for all of them.

    `terraform_roles` are patterns of role names whose changes are asked about rather than fought: the next apply would
    only make them again. A resource that carries `protected_tag` (any value but `false`) is always asked about. An
    event older than `stale_after_hours` is not judged any more (0: however old). In the environments of `four_eyes`
    another person than the one who made the change has to approve. `response` is how soon people should answer.
    """

    version: int = Field(ge=1, le=1)
    terraform_roles: tuple[Name, ...] = ()
    protected_tag: Name = "opsplane:protected"
    stale_after_hours: Annotated[int, Field(ge=0, le=8760)] = 24
    four_eyes: tuple[Name, ...] = ()
    response: ResponseTimes = ResponseTimes()
    limits: Limits = Limits()
    policies: tuple[Policy, ...]

    def find(self, signal: Signal, look: Callable[[Policy], Look] | None = None) -> Policy | None:
        """The first policy that the signal fits, or None.

        `look` reads the resource for a policy that asks for tags or the environment; without it only the event counts.
        """
        return next((policy for policy in self.policies if self.refusal(policy, signal, look) is None), None)

    def refusal(self, policy: Policy, signal: Signal, look: Callable[[Policy], Look] | None = None) -> str | None:
        """Why a policy does not fit a signal, or None when it does."""
        if reason := policy.match.refusal(signal):
            return reason
        if not policy.match.asks_resource:
            return None
        seen = look(policy) if look else Look(signal.tags, signal.environment or "")
        return policy.match.refusal_of_resource(seen.tags, seen.environment)

    def wants_four_eyes(self, name: str | None, environment: str) -> bool:
        """Whether a plan of the policy of that name needs another person's approval in an environment."""
        policy = next((each for each in self.policies if each.name == name), None)
        if policy and policy.four_eyes is not None:
            return policy.four_eyes
        return environment in self.four_eyes

    def limits_of(self, policy: Policy) -> Limits:
        """The policy's own limits, else those of the set."""
        return policy.limits or self.limits


def _names(signal: Signal) -> tuple[str, ...]:
    actor = signal.actor
    return tuple(name for name in (actor.name, actor.arn, actor.role) if name) if actor else ()


def _fits(values: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(value, pattern) for value in values for pattern in patterns)
