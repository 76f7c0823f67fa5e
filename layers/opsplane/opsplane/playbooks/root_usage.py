"""The root user did something: there is nothing to take back, people must know at once."""

from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


def observe(_: Api, __: Subject) -> Observation:
    """Nothing is read: the root user has no state that could be compared."""
    return Observation()


def plan(_: Subject, __: Observation, ___: Parameters) -> tuple[Step, ...]:
    """No steps."""
    return ()


PLAYBOOK = Playbook(
    name="root-usage",
    family=Family.IDENTITY,
    summary="Opens a critical item when the root user signs in or calls an API and tells people at once.",
    problem="The root user is in use",
    risk="None: it changes nothing.",
    rights=(),
    acts_on=("cloudtrail/root-console-login.json", "cloudtrail/root-api-call.json"),
    leaves=("cloudtrail/iam-key-for-oneself.json",),
    observe=observe,
    plan=plan,
)
