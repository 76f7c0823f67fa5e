"""How a command ends when it does not end well: one sentence, one piece of advice, one exit code.

Only the errors of the core are imported here, and boto3's only when boto3 is loaded: `--help` needs neither.
"""

import sys
from enum import IntEnum

from opsplane import errors


class ExitCode(IntEnum):
    """What a command's exit status means, for every command alike."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    UNREACHABLE = 5
    REFUSED = 6
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "it was tried and failed, was declined, or did not end in time",
    ExitCode.USAGE: "the command line or a file on it is wrong",
    ExitCode.NOT_FOUND: "no such item or action",
    ExitCode.CONFLICT: "the state forbids it, or somebody else was quicker",
    ExitCode.UNREACHABLE: "AWS or the local platform cannot be reached, says no, or has no opsplane",
    ExitCode.REFUSED: "an event was refused and is kept in the unhandled queue",
}
"""One line for each code, for `opsplane --help`."""


class CommandError(Exception):
    """An end that a person can act on.

    Args:
        message: What happened, to what.
        advice: What to do about it; empty when there is nothing to add.
        code: The exit code.
    """

    def __init__(self, message: str, *, advice: str = "", code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code


_NOT_DEPLOYED = (
    "Is opsplane deployed there? `opsplane up` starts it on this machine; --environment chooses another one."
)
_UNREACHABLE = "`opsplane status` tells about the local platform, `aws sts get-caller-identity` about your credentials."

_TABLE: tuple[tuple[type[errors.OpsplaneError], ExitCode, str], ...] = (
    (errors.UnknownRecord, ExitCode.NOT_FOUND, "`opsplane items` and `opsplane actions` list what there is."),
    (errors.Forbidden, ExitCode.CONFLICT, "Ask somebody else to look at it: `opsplane show` has the plan."),
    (errors.IllegalTransition, ExitCode.CONFLICT, "`opsplane show` tells how it came to this state."),
    (errors.Refused, ExitCode.CONFLICT, ""),
    (errors.InvalidSchedule, ExitCode.USAGE, ""),
    (errors.LedgerConflict, ExitCode.CONFLICT, "Somebody else is changing the same item: try again."),
    (errors.InvalidSettings, ExitCode.USAGE, ""),
    (errors.ResourceNotFound, ExitCode.UNREACHABLE, _NOT_DEPLOYED),
    (errors.AccessDenied, ExitCode.UNREACHABLE, "Your credentials lack this right."),
    (errors.TemporaryError, ExitCode.UNREACHABLE, _UNREACHABLE),
    (errors.OpsplaneError, ExitCode.FAILED, ""),
)
"""The first class that fits decides; the tree of `opsplane.errors` gives the order."""


def explain(error: Exception) -> CommandError | None:
    """The ending that an expected error means, or None for one that nobody expected."""
    if isinstance(error, CommandError):
        return error
    for kind, code, advice in _TABLE:
        if isinstance(error, kind):
            return CommandError(str(error), advice=advice, code=code)
    return _explain_boto(error) if "botocore" in sys.modules else None


def _explain_boto(error: Exception) -> CommandError | None:
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError  # noqa: PLC0415 - loaded already

    if isinstance(error, NoCredentialsError):
        advice = "Start the local platform with `opsplane up`, or say who you are, for example with AWS_PROFILE."
        return CommandError("there are no AWS credentials", advice=advice, code=ExitCode.UNREACHABLE)
    if isinstance(error, ClientError):
        fault = error.response.get("Error", {})
        message = f"AWS refused {error.operation_name}: {fault.get('Code', '?')}: {fault.get('Message', '')}"
        missing = "NotFound" in str(fault.get("Code")) or "NonExistent" in str(fault.get("Code"))
        return CommandError(message, advice=_NOT_DEPLOYED if missing else "", code=ExitCode.UNREACHABLE)
    if isinstance(error, BotoCoreError):
        return CommandError(str(error), advice=_UNREACHABLE, code=ExitCode.UNREACHABLE)
    return None
