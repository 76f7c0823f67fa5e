"""`opsplane plan`: what would be changed about an event, with live state, and without changing it."""

from dataclasses import replace
from datetime import datetime

import typer
from opsplane import flow
from opsplane.decisions.decision import Decision, Outcome
from opsplane.errors import UnhandledEvent
from opsplane.playbooks import by_name
from opsplane.ports import Ports
from opsplane.signals import parse as signals_of
from opsplane.signals.signal import Signal
from rich.padding import Padding

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.foresee import EventFile, Now, moment
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import beside, facts, out, print_json, said, word
from opsplane_cli.outside import outside
from opsplane_cli.plans import steps_table, ways_forward
from opsplane_cli.policy_files import Policies, load
from opsplane_cli.samples import read


def plan(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    event: EventFile,
    policies: Policies = None,
    now: Now = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Show what would be changed about an event, and change nothing.

    Reads the resource as it is, with your own rights, and the ledger: freezes, limits and what was done before count.
    An event is judged as of its own time, unless --now says otherwise.
    """
    sample = read(event)
    connection = outside(context).connect(environment)
    candidate = load(policies) if policies else None
    try:
        signals = signals_of(sample.event, connection.account)
    except UnhandledEvent as error:
        message = f"{event} would be refused: {error}"
        raise CommandError(message, code=ExitCode.REFUSED) from error
    chosen = moment(now)
    ports = connection.ports
    found = [(signal, flow.foresee(signal, _at(chosen or signal.time, ports), candidate)) for signal in signals]
    if as_json:
        print_json({"file": str(event), "plans": [_document(signal, decision) for signal, decision in found]})
        return
    for signal, decision in found:
        _print(signal, decision)


def _at(when: datetime, ports: Ports) -> Ports:
    return replace(ports, now=lambda: when)


def _document(signal: Signal, decision: Decision) -> dict[str, object]:
    return {
        "signal": signal.id,
        "resource": signal.resource.model_dump(mode="json"),
        **decision.model_dump(mode="json", exclude={"memory"}),
    }


def _print(signal: Signal, decision: Decision) -> None:
    console = out()
    console.print(beside(said(decision.title or signal.title, "bold"), word(decision.severity)))
    table = facts()
    table.add_row("resource", said(f"{signal.resource.type} {signal.resource.id} in {decision.environment}"))
    if signal.actor:
        table.add_row("by", said(signal.actor))
    table.add_row("policy", said(decision.policy or "none"))
    playbook = by_name(decision.playbook) if decision.playbook else None
    if playbook and decision.plan:
        table.add_row("playbook", said(playbook.name))
        table.add_row("risk", said(playbook.risk))
    table.add_row("outcome", word(decision.outcome).append_text(said(f": {decision.reason}", "default")))
    for final in decision.plan.finals if decision.plan else ():
        table.add_row("for good", said(final, "yellow"))
    console.print(Padding(table, (0, 0, 0, 2)))
    if decision.plan:
        console.print(steps_table(ways_forward(decision.plan)))
        told = "nothing was changed" if decision.outcome is Outcome.ACT else "nothing was changed, nobody was asked"
        console.print(Padding(said(told, "dim"), (0, 0, 0, 2)))
