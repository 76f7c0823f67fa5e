"""`opsplane policy push` and `opsplane policy pull`."""

from pathlib import Path
from typing import Any

import pytest
from builders import group_opened
from cloud import Cloud
from opsplane.decisions.decision import Outcome

ASKING = """# Ours
version: 1
base: shipped
changes:
  sg-world-ingress: {mode: {default: approve}}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Changes to the shipped set."""
    path = tmp_path / "mine.yaml"
    path.write_text(ASKING)
    return str(path)


def test_a_pushed_file_is_in_force_from_the_next_event_on(terminal: Any, file: str) -> None:
    """Nothing is deployed or restarted."""
    result = terminal.run("policy", "push", file, "--reason", "a trial", "--yes")

    assert result.exit_code == 0
    assert "policies version 1 of ada are in force in dev" in " ".join(result.stdout.split())
    assert terminal.deployment.receive(group_opened()).outcome is Outcome.ASK


def test_what_was_pushed_is_pulled_as_it_was_written(terminal: Any, file: str) -> None:
    """With its comments; who, when and why stand beside."""
    terminal.run("policy", "push", file, "--reason", "a trial", "--yes")

    result = terminal.run("policy", "pull")

    assert result.stdout == ASKING
    assert "ada: a trial" in " ".join(result.stderr.split())
    assert terminal.document("policy", "pull")["versions"][0]["reason"] == "a trial"


def test_without_a_push_the_shipped_policies_are_in_force(terminal: Any) -> None:
    """And it is said."""
    result = terminal.run("policy", "pull")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "the shipped policies are in force" in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ASKING.replace("sg-world-ingress", "no-such"), "the shipped set has no policy no-such"),
        (ASKING.replace("base: shipped", "base: none"), "without `base: shipped` there is no policy sg-world-ingress"),
        (ASKING.replace("approve", "destroy"), "changes.sg-world-ingress.mode.default"),
        (
            ASKING + "policies: [{name: late, description: d, match: {kinds: [security-group-ingress]}, mode: {}}]\n",
            "these policies are never reached: sg-world-ingress",
        ),
    ],
)
def test_a_wrong_file_never_gets_in_force(terminal: Any, tmp_path: Path, text: str, told: str) -> None:
    """It is refused here, where somebody can mend it."""
    (tmp_path / "mine.yaml").write_text(text)

    result = terminal.run("policy", "push", str(tmp_path / "mine.yaml"), "--reason", "r", "--yes")

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert terminal.deployment.ledger.rulings == []


def test_a_push_is_asked_about(terminal: Any, file: str) -> None:
    """And leaves everything as it is when declined."""
    result = terminal.run("policy", "push", file, "--reason", "r", answer="n\n")

    assert result.exit_code == 1
    assert terminal.deployment.ledger.rulings == []


def test_replay_compares_with_what_is_in_force(terminal: Any, file: str) -> None:
    """So that the next change starts from the last one."""
    terminal.run("policy", "push", file, "--reason", "a trial", "--yes")
    terminal.deployment.cloud = Cloud().open_group()
    terminal.deployment.receive(group_opened())

    found = terminal.document("replay", "--since", "1d", "-p", file)

    assert (found["signals"], found["changes"]) == (1, [])
