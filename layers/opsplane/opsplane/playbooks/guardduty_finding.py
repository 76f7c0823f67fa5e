"""A GuardDuty finding that is bad enough to wake somebody: it changes nothing, a person takes over from its runbook."""

from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.playbooks.playbook import Parameters, Playbook
from opsplane.signals.signal import Resource, Signal


def observe(_: Api, __: Resource) -> Observation:
    """Nothing is read: the finding itself carries what the person on call needs first."""
    return Observation()


def plan(_: Signal, __: Observation, ___: Parameters) -> tuple[Step, ...]:
    """No steps: containment is a person's decision."""
    return ()


PLAYBOOK = Playbook(
    name="guardduty-finding",
    summary="Opens a critical item for a GuardDuty finding of severity 7 or more and tells people at once.",
    problem="GuardDuty reports a threat to {id}",
    risk="None: it changes nothing.",
    rights=(),
    runbook="guardduty-finding.md",
    acts_on=("guardduty/ec2-crypto-mining.json",),
    leaves=("guardduty/ec2-ssh-brute-force-target.json",),
    observe=observe,
    plan=plan,
)
