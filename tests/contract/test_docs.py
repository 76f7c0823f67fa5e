"""Docs that are generated are up to date, and every playbook has a page for whoever is woken."""

import json
import re

import pytest
from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Playbook
from opsplane.policies.source import schema
from opsplane.schedules import source as schedules
from opsplane.schedules.schedule import Schedule
from opsplane.schedules.telling import RUNBOOK
from template import ROOT

RUNBOOKS = ROOT / "docs/runbooks"
NAMES = [playbook.name for playbook in catalogue()]


def written(path: str) -> str:
    """What a generator in `scripts/` would write now."""
    found: dict[str, object] = {"__name__": "generator"}
    exec(compile((ROOT / path).read_text(), path, "exec"), found)  # noqa: S102 - our own script
    render = found["render"]
    assert callable(render)
    return str(render(catalogue()))


def test_the_table_of_playbooks_is_up_to_date() -> None:
    """Otherwise run `python scripts/write_playbooks_doc.py`."""
    assert (ROOT / "docs/playbooks.md").read_text() == written("scripts/write_playbooks_doc.py")


@pytest.mark.parametrize("playbook", catalogue(), ids=NAMES)
def test_the_docs_list_every_playbook_with_its_runbook(playbook: Playbook) -> None:
    """Name, rights and the way to the page."""
    text = (ROOT / "docs/playbooks.md").read_text()

    assert playbook.summary in text
    assert f"](runbooks/{playbook.runbook})" in text
    assert all(right in text for right in playbook.rights)


@pytest.mark.parametrize("playbook", catalogue(), ids=NAMES)
def test_a_runbook_is_one_page_for_somebody_who_was_woken(playbook: Playbook) -> None:
    """What happened, what to do first, how to check, how to undo, when to wake others."""
    text = (RUNBOOKS / playbook.runbook).read_text()

    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert text.startswith(f"# {playbook.name}\n")
    assert headings == ["You see", "First", "Then", "Undo", "Wake somebody else when"]
    assert len(text.splitlines()) <= 70


def test_every_runbook_belongs_to_a_playbook_an_alarm_or_the_scheduler() -> None:
    """A page that nobody points to is out of date, and a page that is not there helps nobody."""
    pages = {path.name for path in RUNBOOKS.glob("*.md")} - {"README.md"}
    tables = [path.read_text() for path in (ROOT / "base-infra" / "modules").glob("*/*.tf")]
    alarms = {f"{name}.md" for text in tables for name in re.findall(r'runbook *= *"([a-z-]+)"', text)}

    assert pages == {playbook.runbook for playbook in catalogue()} | alarms | {RUNBOOK}


def test_the_schema_of_policy_files_is_up_to_date() -> None:
    """Otherwise run `make docs`."""
    assert json.loads((ROOT / "docs/policy.schema.json").read_text()) == schema()


def test_links_between_documents_lead_somewhere() -> None:
    """In docs and in the root documents."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "events/README.md"]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]

    assert broken == []


def test_commands_that_runbooks_name_exist() -> None:
    """Nobody finds out at night that a command was renamed."""
    from opsplane_cli.main import app  # noqa: PLC0415 - half a second that only this test needs
    from typer.main import get_command  # noqa: PLC0415

    known = set(getattr(get_command(app), "commands", {}))
    named = {
        command
        for path in RUNBOOKS.glob("*.md")
        for command in re.findall(r"(?:^|`|\n\s*)(?:uv run )?opsplane ([a-z]+)", path.read_text())
    }

    assert named - known == set()


def test_the_schedule_file_in_the_document_is_one() -> None:
    """Whoever copies it has a file that is taken."""
    text = (ROOT / "docs/schedules.md").read_text()
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)

    file = schedules.parse(example, "docs/schedules.md")

    assert set(file.environments) == {"dev", "qa", "staging", "prod"}
    assert set(Schedule.model_fields) - {"description"} <= set(re.findall(r"(\w+):", example))
