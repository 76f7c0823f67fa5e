"""`opsplane policy check` and `opsplane policy schema`: policy files of people's own."""

import json
from pathlib import Path
from typing import Annotated

import typer
from opsplane.errors import InvalidPolicy
from opsplane.playbooks import by_name
from opsplane.policies.load import default
from opsplane.policies.policy import Match, Mode, PolicySet
from opsplane.policies.source import parse, schema

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import AsJson
from opsplane_cli.output import out, print_aside, print_json, said

Policies = Annotated[
    Path | None, typer.Option("--policies", "-p", help="A policy file; else those of this version.", metavar="FILE")
]


def check(
    *, file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy file.")], as_json: AsJson = False
) -> None:
    """Check a policy file.

    Every field that is wrong is named, and so is a policy that can never be reached, since an earlier one takes all.
    """
    policies = load(file)
    unreached = hidden(policies)
    if as_json:
        bold_ones = list(bold(policies))
        print_json({"file": str(file), "policies": len(policies.policies), "hidden": unreached, "bold": bold_ones})
    else:
        out().print(said(f"{file}: {_counted(policies)}", "bold"))
        warn(policies)
    if unreached:
        message = "; ".join(
            f"policy {name} is never reached: {first} takes all of its signals" for name, first in unreached.items()
        )
        raise CommandError(message, advice="Put the narrower one first.", code=ExitCode.USAGE)


def show_schema(*, as_json: AsJson = False) -> None:
    """Print the JSON Schema of a policy file.

    Editors that know YAML complete and check a policy file by it; `docs/policy.schema.json` is the same.
    """
    print_json(schema()) if as_json else typer.echo(json.dumps(schema(), indent=2))


def load(path: Path | None) -> PolicySet:
    """The policies of a file, or those of this version.

    Raises:
        CommandError: the file cannot be read, or is no policy set.
    """
    if path is None:
        return default()
    try:
        return parse(text_of(path), str(path))
    except InvalidPolicy as error:
        raise CommandError(str(error), code=ExitCode.USAGE) from error


def text_of(path: Path) -> str:
    """What a policy file says.

    Raises:
        CommandError: it cannot be read.
    """
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise CommandError(message, code=ExitCode.USAGE) from error


def bold(policies: PolicySet) -> tuple[str, ...]:
    """Policies that would act in prod without asking although their playbook could take down a service."""
    return tuple(
        policy.name
        for policy in policies.policies
        if policy.mode_in("prod") is Mode.ENFORCE
        and policy.playbook
        and (playbook := by_name(policy.playbook))
        and playbook.disruptive
    )


def warn(policies: PolicySet) -> None:
    """Say which policies are bolder than the shipped ones."""
    for name in bold(policies):
        if name not in bold(default()):
            print_aside(f"policy {name} acts in prod without asking, and its playbook could take down a service")


def hidden(policies: PolicySet) -> dict[str, str]:
    """Policies whose every signal an earlier one takes, and which one that is; equal matches and wider ones count."""
    found: dict[str, str] = {}
    for number, policy in enumerate(policies.policies):
        for earlier in policies.policies[:number]:
            mine, theirs = policy.match, earlier.match
            own = {"kinds": mine.kinds, "severity_at_least": mine.severity_at_least}
            narrower = theirs.model_copy(update=own) not in (mine, Match(**own))
            lower = theirs.severity_at_least.rank <= mine.severity_at_least.rank
            if set(theirs.kinds) >= set(mine.kinds) and lower and not narrower:
                found.setdefault(policy.name, earlier.name)
    return found


def _counted(policies: PolicySet) -> str:
    count = len(policies.policies)
    return f"{count} {'policy' if count == 1 else 'policies'}, in order"
