"""`opsplane explain` and `opsplane check`: what policies would do, without any account."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from opsplane.decisions.forecast import Forecast, forecast
from opsplane.errors import InvalidPolicy, UnhandledEvent
from opsplane.model import Model
from opsplane.policies.load import default
from opsplane.policies.policy import Match, PolicySet
from opsplane.policies.source import parse
from opsplane.signals import parse as signals_of

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import facts, out, print_json, said
from opsplane_cli.samples import Sample, read

Policies = Annotated[
    Path | None, typer.Option("--policies", "-p", help="A policy file; else those of this version.", metavar="FILE")
]
Events = Annotated[list[Path], typer.Argument(metavar="EVENT...", help="Event files, as EventBridge delivers them.")]
Now = Annotated[
    str | None, typer.Option("--now", help="The moment to judge at; else that of the event.", metavar="ISO8601")
]


class Foreseen(Model):
    """What would become of one event file: of each signal in it, or why it would be refused."""

    file: str
    signals: tuple[Forecast, ...] = ()
    refused: str | None = None


def explain(
    *,
    events: Events,
    policies: Policies = None,
    now: Now = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Tell what would become of an event, and why.

    Nothing is asked of AWS: it says which policy fits, which ones did not, and what to expect if live state is what the
    event says.
    """
    chosen = _load(policies)
    moment = _moment(now)
    found = [_foresee(read(path), chosen, environment, moment) for path in events]
    if as_json:
        print_json({"events": [each.model_dump(mode="json") for each in found]})
    else:
        for each in found:
            _print(each)
    if refused := [each for each in found if each.refused]:
        message = "; ".join(f"{each.file} would be refused: {each.refused}" for each in refused)
        raise CommandError(message, code=ExitCode.REFUSED)


def check(
    *, file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy file.")], as_json: AsJson = False
) -> None:
    """Check a policy file.

    Every field that is wrong is named, and so is a policy that can never be reached, since an earlier one takes all.
    """
    policies = _load(file)
    hidden = _hidden(policies)
    if as_json:
        print_json({"file": str(file), "policies": len(policies.policies), "hidden": hidden})
    else:
        out().print(said(f"{file}: {_counted(policies)}", "bold"))
    if hidden:
        unreached = (
            f"policy {name} is never reached: {first} takes all of its signals" for name, first in hidden.items()
        )
        message = "; ".join(unreached)
        raise CommandError(message, advice="Put the narrower one first.", code=ExitCode.USAGE)


def _load(path: Path | None) -> PolicySet:
    if path is None:
        return default()
    try:
        return parse(path.read_text(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise CommandError(message, code=ExitCode.USAGE) from error
    except InvalidPolicy as error:
        raise CommandError(str(error), code=ExitCode.USAGE) from error


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"--now {text} is no moment"
        raise CommandError(message, advice="Write it as 2026-11-22T10:00:00Z.", code=ExitCode.USAGE) from error
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _foresee(sample: Sample, policies: PolicySet, environment: str, now: datetime | None) -> Foreseen:
    account = sample.event.get("account")
    try:
        signals = signals_of(sample.event, account if isinstance(account, str) else "")
    except UnhandledEvent as error:
        return Foreseen(file=str(sample.path), refused=str(error))
    found = (forecast(signal, policies, environment, now or signal.time) for signal in signals)
    return Foreseen(file=str(sample.path), signals=tuple(found))


def _hidden(policies: PolicySet) -> dict[str, str]:
    """Policies whose every signal an earlier one takes, and which one that is; equal matches and wider ones count."""
    hidden: dict[str, str] = {}
    for number, policy in enumerate(policies.policies):
        for earlier in policies.policies[:number]:
            mine, theirs = policy.match, earlier.match
            own = {"kinds": mine.kinds, "severity_at_least": mine.severity_at_least}
            narrower = theirs.model_copy(update=own) not in (mine, Match(**own))
            lower = theirs.severity_at_least.rank <= mine.severity_at_least.rank
            if set(theirs.kinds) >= set(mine.kinds) and lower and not narrower:
                hidden.setdefault(policy.name, earlier.name)
    return hidden


def _counted(policies: PolicySet) -> str:
    count = len(policies.policies)
    return f"{count} {'policy' if count == 1 else 'policies'}, in order"


def _print(event: Foreseen) -> None:
    out().print(said(event.file, "bold"))
    for each in event.signals:
        _print_signal(each)


def _print_signal(each: Forecast) -> None:
    signal = each.signal
    table = facts()
    table.add_row("signal", said(f"{signal.kind}, {signal.severity}: {signal.title}"))
    table.add_row("resource", said(f"{signal.resource.type} {signal.resource.id} in {each.environment}"))
    if signal.actor:
        table.add_row("by", said(signal.actor))
    for passed in each.passed:
        table.add_row("not", said(f"{passed.policy}: {passed.reason}"))
    table.add_row("policy", said(each.policy or "none"))
    table.add_row("playbook", said(each.playbook or "none"))
    table.add_row("expect", said(each.outcome, "bold").append(f": {each.reason}"))
    out().print(table)
