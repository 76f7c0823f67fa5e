"""AWS refused a call: nothing is to be taken back, somebody may be trying doors.

One item for each caller and day collects them all.
"""

from opsplane.playbooks.plan import Api, Observation, Step
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


def observe(_: Api, __: Subject) -> Observation:
    """Nothing is read: the refusals themselves are the news."""
    return Observation()


def plan(_: Subject, __: Observation, ___: Parameters) -> tuple[Step, ...]:
    """No steps."""
    return ()


PLAYBOOK = Playbook(
    name="unauthorized-api",
    family=Family.IDENTITY,
    summary="Collects the calls that AWS refused to one caller on one day, and tells people of them.",
    problem="{id} calls what it may not call",
    risk="None: it changes nothing.",
    rights=(),
    acts_on=("cloudtrail/unauthorized-call.json",),
    leaves=("cloudtrail/sg-open-private.json",),
    observe=observe,
    plan=plan,
)
