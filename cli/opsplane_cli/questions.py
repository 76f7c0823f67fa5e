"""Asking the person at the terminal, on standard error: standard output belongs to results."""

import sys

from rich.text import Text

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.output import err, said


def ask(question: str) -> None:
    """Go on only if the person says yes.

    Raises:
        CommandError: the person said no, or nobody is there to answer.
    """
    err().print(Text.assemble(said(question, "bold"), (" [y/N] ", "dim")), end="")
    answer = sys.stdin.readline()
    if not sys.stdin.isatty():
        # Nobody's return key has ended the line of the question.
        err().print()
    if not answer:
        message = "nobody answered the question, so nothing was done"
        raise CommandError(message, advice="Add --yes where nobody can answer.", code=ExitCode.USAGE)
    if answer.strip().lower() not in {"y", "yes"}:
        message = "declined: nothing was done"
        raise CommandError(message)
