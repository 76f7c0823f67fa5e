"""What would become of a signal as far as the event and the policies tell, without asking AWS."""

from datetime import datetime

from opsplane.decisions.decision import Outcome
from opsplane.decisions.guards import is_own_change, made_by_terraform
from opsplane.decisions.judge import by_mode, staleness
from opsplane.model import Line, Model, Name
from opsplane.playbooks import by_name
from opsplane.policies.policy import Policy, PolicySet
from opsplane.signals.signal import Signal


class Passed(Model):
    """A policy of the signal's kind that does not fit, and why."""

    policy: Name
    reason: Line


class Forecast(Model):
    """What to expect of one signal.

    `outcome` holds as far as live state is what the event says: a resource that is in order by then is left, and
    guards (a freeze, a protected tag, limits) turn `act` into `ask`. `passed` are the policies of the signal's kind
    before the one that fits.
    """

    signal: Signal
    environment: Name
    passed: tuple[Passed, ...]
    policy: Name | None = None
    playbook: Name | None = None
    outcome: Outcome
    reason: Line


def forecast(signal: Signal, policies: PolicySet, environment: str, now: datetime) -> Forecast:
    """The expected decision; `environment` counts where the event does not tell the resource's own."""
    place = signal.tags.get("Environment") or signal.environment or environment
    known = signal.model_copy(update={"environment": place})
    passed: list[Passed] = []
    chosen = None
    for policy in policies.policies:
        reason = policies.refusal(policy, known)
        if reason is None:
            chosen = policy
            break
        if signal.kind in policy.match.kinds:
            passed.append(Passed(policy=policy.name, reason=reason))
    own = is_own_change(signal, f"opsplane-{environment}-")
    outcome, reason = (
        (Outcome.IGNORE, "our own change came back to us") if own else _expect(known, chosen, policies, now)
    )
    return Forecast(
        signal=signal,
        environment=place,
        passed=tuple(passed),
        policy=chosen.name if chosen else None,
        playbook=chosen.playbook if chosen else None,
        outcome=outcome,
        reason=reason,
    )


def _expect(signal: Signal, policy: Policy | None, policies: PolicySet, now: datetime) -> tuple[Outcome, str]:
    if left := signal.dismissal or staleness(signal, policies, now) or signal.looks_fine:
        return Outcome.IGNORE, left
    if policy is None:
        return Outcome.RECORD, "no policy matches"
    place = signal.environment or ""
    if exemption := policy.exempts(signal, signal.tags, place, now):
        return Outcome.RECORD, str(exemption)
    playbook = by_name(policy.playbook) if policy.playbook else None
    if playbook is None or not playbook.rights:
        outcome = Outcome.TELL if policy.tell else Outcome.RECORD
        return outcome, f"policy {policy.name}: there is nothing to change"
    return by_mode(policy, place, made_by_terraform(signal, policies))
