"""`opsplane explain` and `opsplane check`."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import group_opened, role

GOOD = """
version: 1
policies:
  - name: groups-of-prod
    description: d
    match: {kinds: [security-group-ingress], accounts: ["1*"]}
    mode: {default: approve}
  - name: groups
    description: d
    match: {kinds: [security-group-ingress]}
    playbook: sg-world-ingress
    mode: {default: enforce}
"""
HIDDEN = GOOD + "  - {name: late, description: d, match: {kinds: [security-group-ingress]}, mode: {default: approve}}\n"


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A file with an opened group."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened()))
    return path


def test_an_event_is_explained_without_an_account(terminal: Any, event: Path) -> None:
    """Which policy, which playbook, what to expect and why."""
    told = " ".join(terminal.run("explain", str(event)).stdout.split())

    assert "policy sg-world-ingress" in told
    assert "act: policy sg-world-ingress enforces in dev" in told
    assert terminal.environments == []


def test_the_policies_that_do_not_fit_say_why(terminal: Any, event: Path, tmp_path: Path) -> None:
    """In their order, as far as they are about that kind."""
    (tmp_path / "mine.yaml").write_text(GOOD)

    [signal] = terminal.document("explain", str(event), "-p", str(tmp_path / "mine.yaml"))["events"][0]["signals"]

    assert signal["passed"] == [{"policy": "groups-of-prod", "reason": "account 000000000000 is not one of 1*"}]
    assert (signal["policy"], signal["outcome"]) == ("groups", "act")


def test_a_change_by_terraform_would_be_asked_about(terminal: Any, tmp_path: Path) -> None:
    """The guards that the event alone decides are counted."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened(identity=role("my-terraform"))))

    assert "ask:" in terminal.run("explain", str(path)).stdout


def test_an_old_event_would_be_left(terminal: Any, event: Path) -> None:
    """At a moment that is given."""
    assert "ignore: it is stale" in terminal.run("explain", str(event), "--now", "2027-01-01T00:00:00Z").stdout


def test_an_event_that_nobody_understands_says_so(terminal: Any, tmp_path: Path, event: Path) -> None:
    """With the reason that the unhandled queue would hold; the others are explained all the same."""
    path = tmp_path / "new.json"
    path.write_text(json.dumps({**group_opened(), "detail-type": "New"}))

    result = terminal.run("explain", str(path), str(event))

    assert result.exit_code == 6
    assert "would be refused" in result.stderr
    assert "sg-world-ingress" in result.stdout


def test_a_moment_that_is_none_is_refused(terminal: Any, event: Path) -> None:
    """Before anything is read."""
    assert "is no moment" in terminal.run("explain", str(event), "--now", "noon").stderr


def test_a_good_file_is_counted(terminal: Any, tmp_path: Path) -> None:
    """And ends with 0."""
    (tmp_path / "mine.yaml").write_text(GOOD)

    result = terminal.run("check", str(tmp_path / "mine.yaml"))

    assert result.exit_code == 0
    assert "2 policies, in order" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HIDDEN, "policy late is never reached"),
        ("version: 2\npolicies: []", "version"),
        ("policies: [", "is not YAML"),
        ("version: 1\npolicies: [{name: a}]", "policies.0.description"),
        (GOOD.replace("sg-world-ingress", "no-such"), "no-such, which does not exist"),
    ],
)
def test_a_fault_is_named(terminal: Any, tmp_path: Path, text: str, fault: str) -> None:
    """With exit code 2."""
    (tmp_path / "mine.yaml").write_text(text)

    result = terminal.run("check", str(tmp_path / "mine.yaml"))

    assert result.exit_code == 2
    assert fault in " ".join(result.stderr.split())


def test_the_shipped_policies_are_all_reached(terminal: Any) -> None:
    """None hides behind another."""
    import opsplane.policies as package  # noqa: PLC0415 - its folder only

    assert terminal.run("check", str(Path(package.__file__).parent / "default.yaml")).exit_code == 0
