"""`opsplane playbooks` and `opsplane policy list`: what this version ships with; no account is asked."""

from typing import Annotated

import typer
from opsplane import rulebook
from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Playbook
from opsplane.policies.load import default
from opsplane.policies.policy import Policy, PolicySet
from rich.text import Text

from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import facts, out, print_json, said
from opsplane_cli.outside import outside


def playbooks(*, as_json: AsJson = False) -> None:
    """List what opsplane can do.

    A playbook knows one problem: what to look at, what to change, how to check it, and how to undo it.
    """
    if as_json:
        print_json({"playbooks": [_playbook_document(playbook) for playbook in catalogue()]})
        return
    for playbook in catalogue():
        table = facts()
        table.add_row("risk", said(playbook.risk))
        table.add_row("rights", said(", ".join(playbook.rights) or "none"))
        table.add_row("runbook", said(f"docs/runbooks/{playbook.runbook}"))
        _print_entry(playbook.name, playbook.summary, table)


def policies(
    context: typer.Context,
    *,
    in_force: Annotated[
        bool, typer.Option("--in-force", help="Those in force, with what people pushed; else those of this version.")
    ] = False,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """List when opsplane acts, and how far it goes.

    The first policy that fits a signal decides. observe: record and tell. approve: plan, ask, act when a person agrees.
    enforce: act, then tell. No account is asked, unless for those in force.
    """
    loaded = _in_force(context, environment) if in_force else default()
    if as_json:
        print_json(loaded.model_dump(mode="json"))
        return
    for policy in loaded.policies:
        table = facts()
        table.add_row("signals", said(_signals(policy)))
        table.add_row("mode", said(_modes(policy)))
        table.add_row("playbook", said(policy.playbook or "none: it is only recorded"))
        _print_entry(policy.name, policy.description, table)
    out().print(
        said(f"Always asked about: resources tagged {loaded.protected_tag}, and what these roles change: ", "dim")
    )
    out().print(said(", ".join(loaded.terraform_roles) or "none", "dim"))


def _in_force(context: typer.Context, environment: str) -> PolicySet:
    ports = outside(context).connect(environment).ports
    return rulebook.in_force(ports.ledger.override(), ports)


def _print_entry(name: str, summary: str, table: object) -> None:
    console = out()
    console.print(said(name, "bold"))
    console.print(said(summary))
    console.print(table, Text())


def _modes(policy: Policy) -> str:
    named = [f"{mode} in {place}" for place, mode in policy.mode.items() if place != "default"]
    return ", ".join([*named, f"{policy.mode_in('default')}{' elsewhere' if named else ''}"])


def _signals(policy: Policy) -> str:
    match = policy.match
    worst = f" of severity {match.severity_at_least} or more" if match.severity_at_least.rank else ""
    sources = f" from {', '.join(match.sources)}" if match.sources else ""
    return f"{', '.join(match.kinds)}{worst}{sources}"


def _playbook_document(playbook: Playbook) -> dict[str, object]:
    return {
        "name": playbook.name,
        "summary": playbook.summary,
        "risk": playbook.risk,
        "rights": list(playbook.rights),
        "runbook": playbook.runbook,
        "acts_on": list(playbook.acts_on),
        "leaves": list(playbook.leaves),
    }
