"""`opsplane policy explain`: what would become of an event, without any account."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from opsplane.decisions.decision import Outcome
from opsplane.decisions.forecast import Forecast, forecast
from opsplane.errors import UnhandledEvent
from opsplane.model import Model
from opsplane.policies.policy import PolicySet
from opsplane.signals import parse as signals_of

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import facts, out, print_json, said
from opsplane_cli.policy_files import Policies, load
from opsplane_cli.samples import SCHEDULED, Sample, Shape, read

EventFile = Annotated[Path, typer.Argument(metavar="EVENT", help="An event file, as EventBridge delivers it.")]
Now = Annotated[
    str | None, typer.Option("--now", help="The moment to judge at; else that of the event.", metavar="ISO8601")
]
Account = Annotated[
    str | None, typer.Option("--account", help="Whose opsplane judges; else the event's own account.", metavar="ID")
]
Region = Annotated[
    str | None, typer.Option("--region", help="Where it happened; else the event's own region.", metavar="REGION")
]

_LOUDEST = (Outcome.ACT, Outcome.ASK, Outcome.TELL, Outcome.RECORD, Outcome.IGNORE)


class Foreseen(Model):
    """What would become of one event: the loudest of what would become of its signals, or why it would be refused."""

    file: str
    outcome: Outcome
    reason: str
    policy: str | None = None
    playbook: str | None = None
    signals: tuple[Forecast, ...] = ()


def explain(  # noqa: PLR0913 - the options of a command
    *,
    event: EventFile,
    policies: Policies = None,
    account: Account = None,
    region: Region = None,
    now: Now = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Tell what would become of an event, and why.

    Nothing is asked of AWS: it says which policy fits, which ones did not, and what to expect if live state is what the
    event says. The last word is one of act, ask, tell, record (kept, nobody is disturbed), ignore and refuse.
    """
    sample = placed(read(event), region)
    found = foresee(sample, load(policies), environment, account=account, now=moment(now))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found)


def foresee(
    sample: Sample, policies: PolicySet, environment: str, *, account: str | None = None, now: datetime | None = None
) -> Foreseen:
    """What would become of an event in an environment, in the opsplane of an account, at a moment."""
    file = str(sample.path)
    if sample.shape is Shape.SCHEDULE:
        reason = f"a schedule wakes the {SCHEDULED[sample.event['kind']]}; no policy is asked"
        return Foreseen(file=file, outcome=Outcome.RECORD, reason=reason)
    if sample.shape is Shape.QUEUE:
        return Foreseen(file=file, outcome=Outcome.TELL, reason="the notifier tells people; no policy is asked")
    stated = sample.event.get("account")
    ours = account or (stated if isinstance(stated, str) else "")
    try:
        signals = signals_of(sample.event, ours)
    except UnhandledEvent as error:
        return Foreseen(file=file, outcome=Outcome.REFUSE, reason=str(error))
    found = tuple(forecast(signal, policies, environment, now or signal.time) for signal in signals)
    if not found:
        return Foreseen(file=file, outcome=Outcome.IGNORE, reason="nothing in it is for opsplane to judge")
    loudest = min(found, key=lambda each: _LOUDEST.index(each.outcome))
    return Foreseen(
        file=file,
        outcome=loudest.outcome,
        reason=loudest.reason,
        policy=loudest.policy,
        playbook=loudest.playbook,
        signals=found,
    )


def placed(sample: Sample, region: str | None) -> Sample:
    """The event as if it had happened in another region."""
    if region is None:
        return sample
    detail: Any = sample.event.get("detail")
    moved = {**detail, "awsRegion": region} if isinstance(detail, dict) and "awsRegion" in detail else detail
    return Sample(sample.path, {**sample.event, "region": region, "detail": moved})


def moment(text: str | None) -> datetime | None:
    """The moment that `--now` names; without a zone it is UTC.

    Raises:
        CommandError: it is none.
    """
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        message = f"--now {text} is no moment"
        raise CommandError(message, advice="Write it as 2026-11-22T10:00:00Z.", code=ExitCode.USAGE) from error
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _print(event: Foreseen) -> None:
    out().print(said(event.file, "bold"))
    for each in event.signals:
        _print_signal(each)
    out().print(said(event.outcome, "bold").append(f": {event.reason}"))


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
