"""`opsplane replay`: past events through other policies, to see what would have happened."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from opsplane.decisions.decision import Outcome
from opsplane.decisions.forecast import Forecast, forecast
from opsplane.errors import UnhandledEvent
from opsplane.ledger.entry import EventRecord
from opsplane.ledger.ledger import Ledger
from opsplane.model import Model
from opsplane.policies.policy import PolicySet
from opsplane.rulebook import in_force
from opsplane.signals import parse as signals_of
from opsplane.signals.signal import Signal, day
from rich.table import Table

from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import columns, out, plural, print_aside, print_json, said, spinning, word
from opsplane_cli.outside import Outside, outside
from opsplane_cli.policy_files import load
from opsplane_cli.samples import read

_SPAN = re.compile(r"(\d{1,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
_PIECE = 500
NOBODY = "(no policy)"


class Verdict(Model):
    """What one set of policies would do about a signal."""

    policy: str
    outcome: Outcome


class Replayed(Model):
    """One signal under both sets; `place` is its file, or the event that it came from."""

    place: str
    resource: str
    before: Verdict
    after: Verdict


def replay(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    policies: Annotated[Path, typer.Option("--policies", "-p", help="The candidate: a policy file.", metavar="FILE")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder with event files; else those of the ledger.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="What to compare with; else the policies in force.", metavar="FILE")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="How far back: 12h, 7d, 4w.", metavar="SPAN")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Try policies on past events, and tell what would have been different.

    Each signal is judged as of its own time, from the event alone. From the ledger (--since, 90 days are kept), what
    live state showed to be in order stays ignored under both. Nothing is changed.
    """
    if (folder is None) == (since is None):
        message = "give a folder with event files, or --since"
        raise CommandError(message, advice="For example: opsplane replay --since 7d -p mine.yaml", code=ExitCode.USAGE)
    candidate = load(policies)
    if folder is not None:
        present = load(against)
        found = [_judged(place, signal, (present, candidate), environment) for place, signal in _filed(folder)]
    else:
        found = _from_ledger(outside(context), str(since), candidate, against, environment)
    if as_json:
        print_json(document(found))
    else:
        _print(found)


def document(found: list[Replayed]) -> dict[str, object]:
    """Counts by policy and word under both sets, and every signal that would fare differently."""
    return {
        "signals": len(found),
        "before": _counts([each.before for each in found]),
        "after": _counts([each.after for each in found]),
        "changes": [each.model_dump(mode="json") for each in found if each.before != each.after],
    }


def _filed(folder: Path) -> Iterator[tuple[str, Signal]]:
    """The signals in the event files of a folder; what would be refused is left out, and said."""
    paths = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    if not paths:
        message = f"{folder} holds no event files (*.json)"
        raise CommandError(message, code=ExitCode.USAGE)
    for path in paths:
        event = read(path).event
        account = event.get("account")
        try:
            signals = signals_of(event, account if isinstance(account, str) else "")
        except UnhandledEvent as error:
            print_aside(f"{path} left out: {error}")
            continue
        for signal in signals:
            yield str(path), signal


def _from_ledger(
    world: Outside, since: str, candidate: PolicySet, against: Path | None, environment: str
) -> list[Replayed]:
    span = _SPAN.fullmatch(since)
    if not span:
        message = f"--since {since} is no span of time"
        raise CommandError(message, advice="Write it as 12h, 7d or 4w.", code=ExitCode.USAGE)
    connection = world.connect(environment)
    ports = connection.ports
    sets = (load(against) if against else in_force(ports.ledger.override(), ports), candidate)
    found = []
    with spinning("reading the ledger") as spinner:
        for number, (place, signal, outcome) in enumerate(
            _recorded(connection, timedelta(hours=int(span[1]) * _HOURS[span[2]])), start=1
        ):
            found.append(_judged(place, signal, sets, environment, outcome))
            if number % _PIECE == 0:
                spinner.tell(f"{number} signals")
    return found


def _recorded(connection: Connection, span: timedelta) -> Iterator[tuple[str, Signal, Outcome]]:
    now = connection.ports.now()
    first = now - span
    for number in range((now.date() - first.date()).days + 1):
        for record in _of_day(connection.ports.ledger, day(first + timedelta(days=number))):
            if record.signal and record.at >= first:
                yield record.event_id, record.signal, record.outcome


def _of_day(ledger: Ledger, date: str) -> Iterator[EventRecord]:
    after = ""
    while piece := ledger.records(date, after, _PIECE):
        yield from (record for _, record in piece)
        after = piece[-1][0]


def _judged(
    place: str, signal: Signal, sets: tuple[PolicySet, PolicySet], environment: str, outcome: Outcome | None = None
) -> Replayed:
    """One signal under both sets; what was ignored then, as live state or the event said, stays so."""
    before, after = (_verdict(forecast(signal, each, environment, signal.time), outcome) for each in sets)
    return Replayed(place=place, resource=signal.resource.id, before=before, after=after)


def _verdict(found: Forecast, outcome: Outcome | None) -> Verdict:
    left = outcome is Outcome.IGNORE
    return Verdict(policy=found.policy or NOBODY, outcome=Outcome.IGNORE if left else found.outcome)


def _counts(verdicts: list[Verdict]) -> dict[str, dict[str, int]]:
    counted = Counter((each.policy, each.outcome.value) for each in verdicts)
    found: dict[str, dict[str, int]] = {}
    for (policy, outcome), number in sorted(counted.items()):
        found.setdefault(policy, {})[outcome] = number
    return found


def _print(found: list[Replayed]) -> None:
    changes = [each for each in found if each.before != each.after]
    out().print(_numbers(found))
    out().print(said(f"{plural(len(found), 'signal')}, {len(changes)} would fare differently", "bold"))
    if changes:
        table = columns("resource", "policy", "now", "then")
        for each in changes:
            names = dict.fromkeys((each.before.policy, each.after.policy))
            table.add_row(
                said(each.resource), said(" → ".join(names)), word(each.before.outcome), word(each.after.outcome)
            )
        out().print(table)


def _numbers(found: list[Replayed]) -> Table:
    """A line for each policy: each word with its number now, and then where it differs."""
    words = [each for each in Outcome if each is not Outcome.REFUSE]
    table = columns("policy", *words)
    before, after = (_counts(each) for each in ([e.before for e in found], [e.after for e in found]))
    for policy in sorted(before.keys() | after.keys()):
        pairs = ((before.get(policy, {}).get(each, 0), after.get(policy, {}).get(each, 0)) for each in words)
        table.add_row(said(policy), *(said(_changed(*pair)) for pair in pairs))
    return table


def _changed(before: int, after: int) -> str:
    if before == after:
        return str(before or "")
    return f"{before} → {after}"
