"""What can go wrong, as a tree.

::

    OpsplaneError
    ├── PermanentError           trying again gives the same answer: it is recorded and told
    │   ├── UnhandledEvent       an event that cannot be understood or is not ours to judge
    │   ├── AccessDenied         AWS refused the call: the role lacks the right
    │   ├── NotEnrolled          the resource is in an account that has no opsplane-spoke role for us
    │   ├── ResourceNotFound     the resource is gone
    │   ├── StateConflict        live state is neither the plan's before nor its after
    │   ├── IllegalTransition    a command that does not fit the state, e.g. undo of a rejected action
    │   ├── Forbidden            a person who may not do this, e.g. approve what they did themselves
    │   ├── UnknownRecord        no item or action of that id
    │   ├── Refused              a request that contradicts what is on record, e.g. an override over another one
    │   ├── InvalidPolicy        a policy file that does not validate
    │   ├── InvalidSchedule      a schedule file that does not validate
    │   └── InvalidSettings      the environment of the process is incomplete
    └── TemporaryError           raised to the caller, so that AWS delivers again
        ├── ServiceUnavailable   throttling, time-outs and 5xx answers
        ├── LedgerConflict       somebody else wrote the same item first: read again and repeat
        └── DeliveryFailed       a notice that the receiver did not take

Errors carry facts, not HTTP codes; one table in the service maps them.
"""


class OpsplaneError(Exception):
    """The root of every error that opsplane raises on purpose."""


class PermanentError(OpsplaneError):
    """Trying again gives the same answer."""


class UnhandledEvent(PermanentError):
    """An event that cannot be understood or must not be judged here."""


class AccessDenied(PermanentError):
    """AWS refused the call because the caller lacks the right."""


class NotEnrolled(PermanentError):
    """The resource is in an account that did not enrol: there is no role through which it could be reached."""


class ResourceNotFound(PermanentError):
    """The resource does not exist (any more)."""


class StateConflict(PermanentError):
    """Live state is neither what the plan found nor what it wants."""


class IllegalTransition(PermanentError):
    """A command that does not fit the state of its item or action."""


class Forbidden(PermanentError):
    """A command by a person who may not give it."""


class UnknownRecord(PermanentError):
    """No item or action of that id."""


class Refused(PermanentError):
    """A request that contradicts what is on record; the message says what."""


class InvalidSchedule(PermanentError):
    """A schedule file that does not validate."""


class InvalidPolicy(PermanentError):
    """A policy file that does not validate."""


class InvalidSettings(PermanentError):
    """The environment of the process is incomplete or wrong."""


class TemporaryError(OpsplaneError):
    """Worth another delivery."""


class ServiceUnavailable(TemporaryError):
    """AWS throttled, timed out or answered 5xx."""


class LedgerConflict(TemporaryError):
    """Somebody else wrote the same item first."""


class DeliveryFailed(TemporaryError):
    """The receiver did not take a notice; `retry_after` is in seconds when it said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
