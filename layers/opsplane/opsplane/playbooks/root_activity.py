"""The root user did something: there is nothing to take back, people must know at once."""

from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.playbooks.playbook import Parameters, Playbook
from opsplane.signals.signal import Resource, Signal


def observe(_: Api, __: Resource) -> Observation:
    """Nothing is read: the root user has no state that could be compared."""
    return Observation()


def plan(_: Signal, __: Observation, ___: Parameters) -> tuple[Step, ...]:
    """No steps."""
    return ()


PLAYBOOK = Playbook(
    name="root-activity",
    summary="Opens a critical item when the root user signs in or calls an API and tells people at once.",
    problem="The root user is in use",
    risk="None: it changes nothing.",
    rights=(),
    runbook="root-activity.md",
    acts_on=("cloudtrail/root-console-login.json", "cloudtrail/root-api-call.json"),
    leaves=(),
    observe=observe,
    plan=plan,
)
