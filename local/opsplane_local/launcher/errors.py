"""What can go wrong while the platform is started, watched or stopped.

LauncherError           anything below; `str()` is one sentence for a person
├── StepFailed          a step or a running part failed; carries the last lines of its log
├── StepSkipped         a step has nothing to do or lacks a tool that is not required
├── Cancelled           the platform is being stopped; nobody needs to hear of it
└── AlreadyRunning      another launcher holds the platform's lock
"""


class LauncherError(Exception):
    """A problem that a person can act on.

    Args:
        message: What happened, to what.
        advice: What to do about it; empty when there is nothing to add.
        lines: The last lines of the log that shows it.
    """

    def __init__(self, message: str, *, advice: str = "", lines: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.lines = lines


class StepFailed(LauncherError):
    """A step could not be done, or a part that should be running has ended."""


class StepSkipped(LauncherError):
    """A step was left out on purpose; the message says why."""


class Cancelled(LauncherError):
    """The platform is stopping, so the work was given up."""

    def __init__(self) -> None:
        super().__init__("The platform is stopping.")


class AlreadyRunning(LauncherError):
    """Another launcher holds the lock of this platform."""
