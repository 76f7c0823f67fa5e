"""A decision is a value with a reason, also the decision to do nothing."""

from enum import StrEnum

from pydantic import Field

from opsplane.model import JsonObject, Line, Model, Name
from opsplane.playbooks.plan import Observation, Plan
from opsplane.policies.policy import ResponseTimes
from opsplane.signals.signal import Severity


class Outcome(StrEnum):
    """The decision in one word.

    act: change it now and tell. ask: plan, and wait for a person. tell: people should know, nothing is changed.
    record: kept, nobody is disturbed. ignore: not for us. refuse: malformed, forged or of a foreign account.
    """

    ACT = "act"
    ASK = "ask"
    TELL = "tell"
    RECORD = "record"
    IGNORE = "ignore"
    REFUSE = "refuse"


class Decision(Model):
    """What is to be done about one signal.

    `plan` is there when something would be changed, also when it is not; then `title` says what is wrong. `memory` is
    what the playbook wants to be remembered of the resource. `route` names the channels of its notices; empty means by
    severity. `response` is how soon people should answer. `seen` is the resource as the plan found it; it does not go
    into the ledger.
    """

    outcome: Outcome
    reason: Line
    severity: Severity
    environment: Name
    policy: Name | None = None
    playbook: Name | None = None
    title: Line | None = None
    plan: Plan | None = None
    memory: JsonObject | None = None
    route: tuple[Name, ...] = ()
    response: ResponseTimes = ResponseTimes()
    seen: Observation | None = Field(default=None, exclude=True, repr=False)
