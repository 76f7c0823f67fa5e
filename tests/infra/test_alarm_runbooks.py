"""Whoever is woken by an alarm finds the page that it names, and on it what to do."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.infra

REPOSITORY = Path(__file__).parents[2]
ALARMS = (REPOSITORY / "base-infra/modules/observability/alarms.tf").read_text()
NAMED = sorted(set(re.findall(r'runbook += "([a-z-]+)"', ALARMS)))
SECTIONS = ["Purpose", "Prerequisites", "Procedure", "Verification", "Rollback", "Escalation"]


def page(runbook: str) -> str:
    """Return the text of a runbook."""
    return (REPOSITORY / f"docs/runbooks/{runbook}.md").read_text()


def test_alarms_name_runbooks() -> None:
    """The table in alarms.tf can be read."""
    assert NAMED == ["database-operations", "incident-response", "rollback", "scaling-operations"]


@pytest.mark.parametrize("runbook", NAMED)
def test_a_runbook_has_its_six_sections(runbook: str) -> None:
    """In the order in which they are needed."""
    assert page(runbook).startswith(f"# {runbook}\n")
    assert re.findall(r"^## (.+)$", page(runbook), re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("runbook", NAMED)
def test_a_runbook_names_the_alarms_that_lead_to_it(runbook: str) -> None:
    """Each alarm of the table is found on its page by its short name."""
    rows = re.findall(r"^    ([a-z0-9-]+) = \{\n(.*?)^    \}", ALARMS, re.MULTILINE | re.DOTALL)
    alarms = [name for name, row in rows if f'runbook = "{runbook}"' in row]

    assert alarms
    assert [name for name in alarms if f"`{name}`" not in page(runbook)] == []
