"""From a signal to a decision: policy, live state, history and guards, in this order, each branch with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from opsplane.decisions.decision import Decision, Outcome
from opsplane.decisions.guards import is_own_change, reason_to_ask
from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.model import JsonObject
from opsplane.playbooks import by_name
from opsplane.playbooks.plan import Api, Observation, Plan, Step
from opsplane.playbooks.playbook import Playbook
from opsplane.policies.policy import Mode, Policy, PolicySet
from opsplane.settings import Settings
from opsplane.signals.signal import Signal


@dataclass(frozen=True)
class History:
    """What the item of a signal has behind it.

    Attributes:
        claimed: Targets that an unfinished action is already about.
        declined: Targets whose change a person undid or rejected, after which nobody made them anew.
        memory: Tells what was remembered of the resource; asked only when a playbook wants it.
    """

    claimed: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    memory: Callable[[], JsonObject] = dict


def judge(signal: Signal, history: History, policies: PolicySet, settings: Settings, api: Api) -> Decision:
    """Decide about one signal; reads live state, changes nothing.

    Raises:
        TemporaryError: live state could not be read just now.
    """
    return _Case(signal, history, policies, settings, api).decide()


@dataclass(frozen=True)
class _Case:
    """One signal with all that its decision depends on."""

    signal: Signal
    history: History
    policies: PolicySet
    settings: Settings
    api: Api

    def decide(self) -> Decision:
        if is_own_change(self.signal, f"opsplane-{self.settings.environment}-"):
            return self._look_back("our own change came back to us")
        if self.signal.dismissal:
            return self._leave(self.signal.dismissal)
        policy = self.policies.find(self.signal)
        if policy is None:
            return self._leave("no policy matches", outcome=Outcome.RECORD)
        playbook = by_name(policy.playbook) if policy.playbook else None
        if playbook is None or not playbook.rights:
            return self._announce(policy)
        if self.signal.resource.region != self.settings.region:
            here, there = self.settings.region, self.signal.resource.region
            return self._apply(
                policy, Outcome.TELL, f"nothing was changed: it is in {there}, this opsplane acts in {here}"
            )
        return self._examine(policy, playbook)

    def _look_back(self, reason: str) -> Decision:
        """Leave it, and remember the resource as it is now: what an action gave back has to be known the next time."""
        decision = self._leave(reason)
        policy = self.policies.find(self.signal)
        playbook = by_name(policy.playbook) if policy and policy.playbook else None
        if policy is None or playbook is None or playbook.remember is None:
            return decision
        try:
            found = self._observe(playbook)
        except PermanentError:
            # It is gone or closed to us; then there is nothing to remember.
            return decision
        return decision.model_copy(update={"memory": playbook.remember(found, policy.parameters)})

    def _announce(self, policy: Policy) -> Decision:
        """Decide about a signal that nothing can be changed about."""
        environment = self.signal.environment or self.settings.environment
        if not self.settings.serves(environment):
            return self._elsewhere(environment)
        outcome = Outcome.TELL if policy.tell else Outcome.RECORD
        told = "people are told" if policy.tell else "it is kept, nobody is disturbed"
        return self._apply(policy, outcome, f"policy {policy.name}: {told}")

    def _examine(self, policy: Policy, playbook: Playbook) -> Decision:
        """Look at the resource; what cannot be looked at is told and not touched."""
        resource = self.signal.resource.id
        try:
            found = self._observe(playbook)
        except ResourceNotFound:
            return self._leave(f"{resource} does not exist any more")
        except PermanentError as error:
            reason = f"nothing was changed: {resource} could not be examined: {error}"
            return self._apply(policy, Outcome.TELL, reason)
        environment = found.tags.get("Environment") or self.signal.environment or self.settings.environment
        if not self.settings.serves(environment):
            return self._elsewhere(environment)
        steps = playbook.plan(self.signal, found, policy.parameters)
        if steps:
            decision = self._weigh(policy, found, steps, environment)
        else:
            decision = self._leave(f"{resource} is as the policy wants it: nothing to change", environment)
        memory = playbook.remember(found, policy.parameters) if playbook.remember else None
        title = playbook.problem.format(id=resource) if steps else None
        return decision.model_copy(update={"memory": memory, "title": title})

    def _observe(self, playbook: Playbook) -> Observation:
        found = playbook.observe(self.api, self.signal.resource)
        return found.model_copy(update={"former": self.history.memory()}) if playbook.remember else found

    def _weigh(self, policy: Policy, found: Observation, steps: tuple[Step, ...], environment: str) -> Decision:
        """Leave out what is in hand or was declined, then let mode and guards decide about the rest."""
        fresh = tuple(step for step in steps if step.target not in self.history.claimed)
        if not fresh:
            return self._apply(policy, Outcome.RECORD, "an unfinished action is already about this", environment)
        wanted = tuple(step for step in fresh if step.target not in self.history.declined)
        if not wanted:
            reason = "a person undid or rejected this very change: it stays until somebody makes it anew"
            return self._apply(policy, Outcome.RECORD, reason, environment)
        outcome, reason = _mode(policy, environment, reason_to_ask(self.signal, found, self.policies))
        decision = self._apply(policy, outcome, reason, environment)
        plan = Plan(playbook=str(policy.playbook), resource=self.signal.resource, steps=wanted, evidence=found.evidence)
        return decision.model_copy(update={"plan": plan})

    def _apply(self, policy: Policy, outcome: Outcome, reason: str, environment: str | None = None) -> Decision:
        return Decision(
            outcome=outcome,
            reason=reason,
            severity=policy.severity or self.signal.severity,
            environment=environment or self.signal.environment or self.settings.environment,
            policy=policy.name,
            playbook=policy.playbook,
        )

    def _elsewhere(self, environment: str) -> Decision:
        reason = f"{self.signal.resource.id} belongs to {environment}, which this opsplane does not serve"
        return self._leave(reason, environment)

    def _leave(self, reason: str, environment: str | None = None, outcome: Outcome = Outcome.IGNORE) -> Decision:
        return Decision(
            outcome=outcome,
            reason=reason,
            severity=self.signal.severity,
            environment=environment or self.signal.environment or self.settings.environment,
        )


def _mode(policy: Policy, environment: str, guard: str | None) -> tuple[Outcome, str]:
    mode = policy.mode_in(environment)
    match mode:
        case Mode.ENFORCE if guard:
            return Outcome.ASK, f"policy {policy.name} enforces in {environment}, but {guard}"
        case Mode.ENFORCE:
            return Outcome.ACT, f"policy {policy.name} enforces in {environment}"
        case Mode.APPROVE:
            return Outcome.ASK, f"policy {policy.name} asks in {environment}"
        case Mode.OBSERVE:
            return Outcome.TELL, f"policy {policy.name} only observes in {environment}"
        case _:
            assert_never(mode)
