"""From a signal to a decision: policy, live state, history and guards, in this order, each branch with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import assert_never

from opsplane.actions.action import Action
from opsplane.decisions.decision import Decision, Outcome
from opsplane.decisions.freeze import Freeze
from opsplane.decisions.guards import Circumstances, Objection, is_own_change, objection
from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import Json, JsonObject
from opsplane.playbooks import by_name
from opsplane.playbooks.plan import Api, Observation, Plan, Step
from opsplane.playbooks.playbook import HUB_ACCOUNT, Playbook
from opsplane.policies.policy import Look, Mode, Policy, PolicySet
from opsplane.settings import Settings
from opsplane.signals.signal import Resource, Signal


@dataclass(frozen=True)
class History:
    """What the item of a signal has behind it.

    Attributes:
        claimed: Targets that an unfinished action is already about.
        declined: Targets whose change a person undid or rejected, after which nobody made them anew.
        memory: What was remembered of the resource.
        actions: What was done about the item before.
        freezes: Which environments are frozen.
        ticket: Takes the next number of a policy's clock hour; asked only when nothing else objects.
    """

    claimed: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    memory: JsonObject = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    ticket: Callable[[str], int] = field(default=lambda _: 0)


@dataclass(frozen=True)
class Rules:
    """What a decision rests on besides the signal: policies, settings, the way to AWS and the moment."""

    policies: PolicySet
    settings: Settings
    reach: Callable[[Resource], Api]
    now: datetime


def judge(signal: Signal, history: History, rules: Rules) -> Decision:
    """Decide about one signal; reads live state, changes nothing.

    Raises:
        TemporaryError: live state could not be read just now.
    """
    return _Case(signal, history, rules).decide()


@dataclass
class _Case:
    """One signal with all that its decision depends on."""

    signal: Signal
    history: History
    rules: Rules
    seen: dict[str, Observation] = field(default_factory=dict)

    def decide(self) -> Decision:
        signal, settings = self.signal, self.rules.settings
        if is_own_change(signal, f"opsplane-{settings.environment}-"):
            return self._look_back("our own change came back to us")
        if reason := signal.dismissal or staleness(signal, self.rules.policies, self.rules.now):
            return self._leave(reason)
        try:
            policy = self.rules.policies.find(signal, self._look)
        except ResourceNotFound:
            return self._leave(f"{signal.resource.id} does not exist any more")
        except PermanentError as error:
            # Not enrolled, or the reading was refused: without it nobody knows which policy fits.
            return self._leave(f"nothing was changed: {error}", outcome=Outcome.TELL)
        if policy is None:
            return self._leave("no policy matches", outcome=Outcome.RECORD)
        playbook = by_name(policy.playbook) if policy.playbook else None
        acts = playbook is not None and playbook.rights
        return self._examine(policy, playbook) if playbook and acts else self._announce(policy)

    def _look(self, policy: Policy) -> Look:
        """Tags and environment of the resource, read by the policy's playbook when the event does not tell them."""
        playbook = by_name(policy.playbook) if policy.playbook else None
        told = self.signal.tags
        needed = set(policy.match.tags) - set(told) or (policy.match.environments and not self.signal.environment)
        tags: Mapping[str, str] = told
        if needed and playbook and playbook.rights:
            tags = {**told, **self._observe(playbook).tags}
        return Look(tags, self._environment(tags))

    def _look_back(self, reason: str) -> Decision:
        """Leave it, and remember the resource as it is now: what an action gave back has to be known the next time."""
        decision = self._leave(reason)
        policy = self.rules.policies.find(self.signal)
        playbook = by_name(policy.playbook) if policy and policy.playbook else None
        if policy is None or playbook is None or playbook.remember is None:
            return decision
        try:
            found = self._observe(playbook)
        except PermanentError:
            # It is gone or closed to us; then there is nothing to remember.
            return decision
        return decision.model_copy(update={"memory": playbook.remember(found, self._parameters(policy))})

    def _announce(self, policy: Policy) -> Decision:
        """Decide about a signal that nothing can be changed about."""
        environment = self._environment(self.signal.tags)
        if not self.rules.settings.serves(environment):
            return self._elsewhere(environment)
        if exemption := policy.exempts(self.signal, self.signal.tags, environment, self.rules.now):
            return self._apply(policy, Outcome.RECORD, str(exemption), environment)
        outcome = Outcome.TELL if policy.tell else Outcome.RECORD
        told = "people are told" if policy.tell else "it is kept, nobody is disturbed"
        return self._apply(policy, outcome, f"policy {policy.name}: {told}")

    def _examine(self, policy: Policy, playbook: Playbook) -> Decision:
        """Look at the resource; what cannot be looked at is told and not touched."""
        resource = self.signal.resource.id
        try:
            found = self._observe(playbook)
            steps = playbook.plan(self.signal.subject, found, self._parameters(policy))
        except ResourceNotFound:
            if playbook.contains:
                # What was taken over may be gone; what it did with its rights is not.
                return self._apply(policy, Outcome.TELL, f"{resource} does not exist any more: see what it did before")
            return self._leave(f"{resource} does not exist any more")
        except PermanentError as error:
            reason = f"nothing was changed: {resource} could not be examined: {error}"
            return self._apply(policy, Outcome.TELL, reason)
        environment = self._environment({**self.signal.tags, **found.tags})
        if not self.rules.settings.serves(environment):
            return self._elsewhere(environment)
        if steps:
            decision = self._weigh(policy, playbook, found, steps, environment)
        else:
            decision = self._leave(f"{resource} is as the policy wants it: nothing to change", environment)
        memory = playbook.remember(found, self._parameters(policy)) if playbook.remember else None
        title = playbook.problem.format(id=resource) if steps else None
        return decision.model_copy(update={"memory": memory, "title": title})

    def _parameters(self, policy: Policy) -> dict[str, Json]:
        hub = self.rules.settings.account
        return policy.parameters if self.signal.account == hub else {**policy.parameters, HUB_ACCOUNT: hub}

    def _observe(self, playbook: Playbook) -> Observation:
        if playbook.name not in self.seen:
            found = playbook.observe(self.rules.reach(self.signal.resource), self.signal.subject)
            former = {"former": self.history.memory} if playbook.remember else {}
            self.seen[playbook.name] = found.model_copy(update=former)
        return self.seen[playbook.name]

    def _weigh(
        self, policy: Policy, playbook: Playbook, found: Observation, steps: tuple[Step, ...], environment: str
    ) -> Decision:
        """Leave out what is in hand, was declined or is excepted; then let mode and guards decide about the rest."""
        tags = {**self.signal.tags, **found.tags}
        if exemption := policy.exempts(self.signal, tags, environment, self.rules.now):
            return self._apply(policy, Outcome.RECORD, str(exemption), environment)
        fresh = tuple(step for step in steps if step.target not in self.history.claimed)
        if not fresh:
            return self._apply(policy, Outcome.RECORD, "an unfinished action is already about this", environment)
        wanted = tuple(step for step in fresh if step.target not in self.history.declined)
        if not wanted:
            reason = "a person undid or rejected this very change: it stays until somebody makes it anew"
            return self._apply(policy, Outcome.RECORD, reason, environment)
        plan = Plan(
            playbook=playbook.name,
            resource=self.signal.resource,
            steps=wanted,
            # Of an attack the event itself is evidence too.
            evidence={**found.evidence, "event": self.signal.origin} if playbook.contains else found.evidence,
            facts=self.signal.facts,
            parameters=self._parameters(policy),
        )
        enforced = policy.mode_in(environment) is Mode.ENFORCE
        against = self._object(policy, playbook, found, plan, environment) if enforced else None
        outcome, reason = by_mode(policy, environment, against)
        decision = self._apply(policy, outcome, reason, environment)
        worse = {"severity": against.severity} if against and against.severity else {}
        return decision.model_copy(update={"plan": plan, "seen": found, **worse})

    def _object(
        self, policy: Policy, playbook: Playbook, found: Observation, plan: Plan, environment: str
    ) -> Objection | None:
        now = self.rules.now
        caution = playbook.caution(plan.subject, found, policy.parameters) if playbook.caution else None
        freeze = next((each for each in self.history.freezes if each.holds(environment, now)), None)
        return objection(
            Circumstances(
                signal=self.signal,
                found=found,
                steps=plan.steps,
                policy=policy,
                policies=self.rules.policies,
                environment=environment,
                actions=self.history.actions,
                freeze=freeze,
                now=now,
                ticket=self.history.ticket,
                caution=caution,
            )
        )

    def _environment(self, tags: Mapping[str, str]) -> str:
        return tags.get("Environment") or self.signal.environment or self.rules.settings.environment

    def _apply(self, policy: Policy, outcome: Outcome, reason: str, environment: str | None = None) -> Decision:
        return Decision(
            outcome=outcome,
            reason=reason,
            severity=policy.severity or self.signal.severity,
            environment=environment or self._environment(self.signal.tags),
            policy=policy.name,
            playbook=policy.playbook,
            route=policy.route,
            response=self.rules.policies.response,
        )

    def _elsewhere(self, environment: str) -> Decision:
        reason = f"{self.signal.resource.id} belongs to {environment}, which this opsplane does not serve"
        return self._leave(reason, environment)

    def _leave(self, reason: str, environment: str | None = None, outcome: Outcome = Outcome.IGNORE) -> Decision:
        return Decision(
            outcome=outcome,
            reason=reason,
            severity=self.signal.severity,
            environment=environment or self._environment(self.signal.tags),
            response=self.rules.policies.response,
        )


def staleness(signal: Signal, policies: PolicySet, now: datetime) -> str | None:
    """Why a signal is too old to be judged, or None."""
    limit = policies.stale_after_hours
    if not limit or now - signal.time <= timedelta(hours=limit):
        return None
    return f"it is stale: it happened at {signal.time.astimezone(UTC):%Y-%m-%d %H:%M} UTC, over {limit} h ago"


def by_mode(policy: Policy, environment: str, against: Objection | None) -> tuple[Outcome, str]:
    """How far a policy goes in an environment, with or without something that speaks against it; and why."""
    mode = policy.mode_in(environment)
    match mode:
        case Mode.ENFORCE if against:
            return Outcome.ASK, f"policy {policy.name} enforces in {environment}, but {against.reason}"
        case Mode.ENFORCE:
            return Outcome.ACT, f"policy {policy.name} enforces in {environment}"
        case Mode.APPROVE:
            return Outcome.ASK, f"policy {policy.name} asks in {environment}"
        case Mode.OBSERVE:
            return (
                Outcome.TELL if policy.tell else Outcome.RECORD
            ), f"policy {policy.name} only observes in {environment}"
        case _:
            assert_never(mode)
