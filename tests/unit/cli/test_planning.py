"""`opsplane plan`."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import bucket_opened, group_opened
from opsplane import commands


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A file with an opened group."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened()))
    return path


def test_the_plan_is_shown_and_nothing_is_changed(terminal: Any, event: Path) -> None:
    """Outcome, reason, risk, steps with before and after; nothing in AWS, nothing in the ledger."""
    before = terminal.deployment.cloud.snapshot()

    told = " ".join(terminal.run("plan", str(event)).stdout.split())

    assert "act: policy sg-world-ingress enforces in dev" in told
    assert "Revoke ingress tcp 22-22 0.0.0.0/0" in told
    assert "after absent" in told
    assert "risk Whoever came in through the rule is cut off" in told
    assert terminal.deployment.cloud.snapshot() == before
    assert (terminal.deployment.ledger.known, terminal.deployment.ledger.tickets) == ({}, {})


def test_what_would_make_it_ask_is_told(terminal: Any, event: Path) -> None:
    """A freeze that somebody set, for one."""
    commands.freeze("dev", "bob", "a sale", None, terminal.deployment.ports)

    [found] = terminal.document("plan", str(event))["plans"]

    assert (found["outcome"], found["policy"]) == ("ask", "sg-world-ingress")
    assert "dev is frozen: bob holds it still: a sale" in found["reason"]
    assert found["plan"]["steps"][0]["after"] is None


def test_a_candidate_set_can_be_tried(terminal: Any, event: Path, tmp_path: Path) -> None:
    """Before it is anybody's policy."""
    (tmp_path / "mine.yaml").write_text(
        "version: 1\npolicies: [{name: mine, description: d, match: {kinds: [security-group-ingress]},"
        " playbook: sg-world-ingress, mode: {default: approve}}]\n"
    )

    [found] = terminal.document("plan", str(event), "-p", str(tmp_path / "mine.yaml"))["plans"]

    assert (found["outcome"], found["policy"]) == ("ask", "mine")


def test_a_resource_that_is_not_there_has_no_plan(terminal: Any, tmp_path: Path) -> None:
    """It says so."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(bucket_opened()))

    [found] = terminal.document("plan", str(path))["plans"]

    assert (found["outcome"], found["plan"]) == ("ignore", None)
    assert "does not exist any more" in found["reason"]


def test_an_event_that_would_be_refused_ends_with_6(terminal: Any, tmp_path: Path) -> None:
    """With the reason."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps({**group_opened(), "account": "222222222222"}))

    result = terminal.run("plan", str(path))

    assert result.exit_code == 6
    assert "speaks of account 222222222222" in " ".join(result.stderr.split())
