"""What every playbook says of itself."""

import pytest
from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Playbook


@pytest.mark.parametrize("playbook", catalogue(), ids=lambda playbook: playbook.name)
def test_a_playbook_speaks_to_people_in_sentences(playbook: Playbook) -> None:
    """Summary and risk are one sentence each; the problem can be said of any resource."""
    assert playbook.summary.endswith(".")
    assert playbook.risk.endswith(".")
    assert playbook.problem.format(id="<{0}>")


@pytest.mark.parametrize("playbook", catalogue(), ids=lambda playbook: playbook.name)
def test_rights_are_exact_and_sorted(playbook: Playbook) -> None:
    """No wildcard, nothing twice."""
    assert list(playbook.rights) == sorted(set(playbook.rights))
    assert not any("*" in right for right in playbook.rights)


@pytest.mark.parametrize("playbook", catalogue(), ids=lambda playbook: playbook.name)
def test_a_runbook_has_the_playbooks_name(playbook: Playbook) -> None:
    """Whoever is woken finds the page without a table."""
    assert playbook.runbook == f"{playbook.name}.md"
