"""`opsplane send`: event files in, and what became of them out."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from opsplane_cli.connection import Connection
from opsplane_cli.exits import ExitCode
from opsplane_cli.follow import TOLD, Sight, Watch
from opsplane_cli.options import DEFAULT_ENVIRONMENT, DEFAULT_TIMEOUT, AsJson, Environment, Timeout, Yes
from opsplane_cli.output import beside, err, facts, out, plural, print_error, print_json, said, spinning, word
from opsplane_cli.outside import outside
from opsplane_cli.plans import steps_table, ways_forward
from opsplane_cli.questions import ask
from opsplane_cli.routes import find_rules, short_name
from opsplane_cli.samples import read
from opsplane_cli.sending import Sent, document, send_one
from opsplane_cli.show import next_commands

_WORST_FIRST = (ExitCode.UNREACHABLE, ExitCode.FAILED, ExitCode.CONFLICT, ExitCode.NOT_FOUND, ExitCode.REFUSED)


def send(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Event files, as in events/.")
    ],
    wait: Annotated[bool, typer.Option("--wait", "-w", help="Follow each event to its end.")] = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
    yes: Yes = False,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Send event files, and follow them to the end.

    On the local platform, the resource that a sample describes is first put into the state that it describes; then the
    event goes over the bus. A real account is asked about first, nothing is put in place there, and events of AWS
    services go straight to the function that their rule names, since PutEvents takes them from nobody but AWS.

    With --wait, an event that is refused ends with exit code 6, one that fails or takes too long with 1.
    """
    samples = [read(file) for file in files]
    world = outside(context)
    connection = world.connect(environment)
    if not connection.local and not yes:
        _ask(connection, len(samples))
    rules = find_rules(connection)
    results = []
    for sample in samples:
        with spinning(str(sample.path)) as spinner:
            watch = Watch(world, timeout, spinner.tell)
            results.append(send_one(sample, rules, connection, watch, wait=wait))
        if not as_json:
            print_sent(out(), results[-1])
    if as_json:
        print_json({"events": [document(sent) for sent in results]})
    report_faults(results)


def _ask(connection: Connection, count: int) -> None:
    console = err()
    console.print(Text("This is a real account.", style="bold yellow"))
    table = facts()
    table.add_row("account", connection.account)
    table.add_row("region", connection.region)
    table.add_row("as", said(connection.person))
    console.print(table)
    ask(f"Send {plural(count, 'event')} to {connection.named('')}* there?")


def report_faults(results: Sequence[Sent]) -> None:
    """Tell each fault on standard error and leave with the worst one's exit code, if there is any.

    Raises:
        typer.Exit: something did not end well.
    """
    faults = [sent.fault for sent in results if sent.fault]
    for number, fault in enumerate(faults, start=1):
        repeated = fault.advice in {later.advice for later in faults[number:]}
        print_error(fault.message, "" if repeated else fault.advice)
    if faults:
        raise typer.Exit(min((fault.code for fault in faults), key=_rank))


def _rank(code: ExitCode) -> int:
    return _WORST_FIRST.index(code) if code in _WORST_FIRST else len(_WORST_FIRST)


def print_sent(console: Console, sent: Sent) -> None:
    """One event's way, from top to bottom."""
    console.print(_headline(sent))
    table = facts()
    for name, told in (*_way(sent), *_end(sent)):
        table.add_row(name, told)
    console.print(Padding(table, (0, 0, 0, 2)))
    for action in sent.sight.actions if sent.sight else ():
        console.print(Padding(steps_table(ways_forward(action.plan)), (0, 0, 0, 10)))
        if following := next_commands(action):
            console.print(Padding(said(following, "dim"), (0, 0, 0, 12)))


def _way(sent: Sent) -> Iterator[tuple[str, Text]]:
    """How the event went in."""
    if sent.scene:
        yield "scene", said(sent.scene)
    if sent.event_id:
        yield "event", said(sent.event_id)
    if sent.route is None:
        return
    for rule in sent.route.rules:
        yield "rule", said(rule)
    functions = said(", ".join(short_name(function) for function in sent.route.functions))
    yield "function", functions
    if sent.route.why_direct:
        yield "", said(f"invoked directly: {sent.route.why_direct}", "dim")


def _end(sent: Sent) -> Iterator[tuple[str, Text]]:
    """What came of it."""
    if sent.delivery and sent.route and sent.route.answers:
        yield "answer", said(json.dumps(sent.delivery.answer, ensure_ascii=False))
    sight = sent.sight or Sight()
    for record in sight.records:
        yield "decision", word(record.outcome).append_text(said(f": {record.reason}", "default"))
    for item in sent.items:
        yield "item", beside(said(item.id), word(item.severity), word(item.state))
        yield "", said(item.title)
    for entry in sent.notices:
        yield "notice", said(entry.text)
    if not sent.notices and any(record.outcome in TOLD for record in sight.records):
        yield "notice", said("nobody was told yet", "dim")
    for action in sight.actions:
        yield "action", beside(said(action.id), word(action.state))


def _headline(sent: Sent) -> Text:
    if sent.fault:
        mark, style = "✗", "bold red"
    elif sent.sight or (sent.route and sent.route.answers):
        mark, style = "✓", "bold green"
    else:
        mark, style = "→", "cyan"
    ended = f"  {sent.seconds:.1f} s" if sent.sight or (sent.route and sent.route.answers) else "  sent"
    return Text.assemble((mark, style), " ", said(sent.file, "bold"), (ended if sent.delivery else "", "dim"))
