"""`opsplane policy explain`."""

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


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A file with an opened group."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened()))
    return path


def test_an_event_is_explained_without_an_account(terminal: Any, event: Path) -> None:
    """Which policy, which playbook, what to expect and why."""
    told = " ".join(terminal.run("policy", "explain", str(event)).stdout.split())

    assert "policy sg-world-ingress" in told
    assert "act: policy sg-world-ingress enforces in dev" in told
    assert terminal.environments == []


def test_the_policies_that_do_not_fit_say_why(terminal: Any, event: Path, tmp_path: Path) -> None:
    """In their order, as far as they are about that kind."""
    (tmp_path / "mine.yaml").write_text(GOOD)

    [signal] = terminal.document("policy", "explain", str(event), "-p", str(tmp_path / "mine.yaml"))["signals"]

    assert signal["passed"] == [{"policy": "groups-of-prod", "reason": "account 000000000000 is not one of 1*"}]
    assert (signal["policy"], signal["outcome"]) == ("groups", "act")


def test_a_change_by_terraform_would_be_asked_about(terminal: Any, tmp_path: Path) -> None:
    """The guards that the event alone decides are counted."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened(identity=role("my-terraform"))))

    assert "ask:" in terminal.run("policy", "explain", str(path)).stdout


def test_an_old_event_would_be_left(terminal: Any, event: Path) -> None:
    """At a moment that is given."""
    assert (
        "ignore: it is stale" in terminal.run("policy", "explain", str(event), "--now", "2027-01-01T00:00:00Z").stdout
    )


def test_an_event_that_nobody_understands_would_be_refused(terminal: Any, tmp_path: Path) -> None:
    """With the reason that the unhandled queue would hold; that it is told is no failure."""
    path = tmp_path / "new.json"
    path.write_text(json.dumps({**group_opened(), "detail-type": "New"}))

    result = terminal.run("policy", "explain", str(path))

    assert result.exit_code == 0
    assert "refuse: nobody reads 'New' events" in " ".join(result.stdout.split())


def test_an_event_of_another_account_would_be_refused(terminal: Any, event: Path) -> None:
    """By the opsplane of the account that is given."""
    found = terminal.document("policy", "explain", str(event), "--account", "222222222222")

    assert (found["outcome"], found["policy"]) == ("refuse", None)
    assert "speaks of account 000000000000" in found["reason"]


def test_an_event_can_be_judged_for_another_region(terminal: Any, event: Path, tmp_path: Path) -> None:
    """A policy for one region is tried out in each."""
    (tmp_path / "mine.yaml").write_text(GOOD.replace('accounts: ["1*"]', "regions: [eu-*]"))
    given = ("policy", "explain", str(event), "-p", str(tmp_path / "mine.yaml"))

    assert terminal.document(*given)["policy"] == "groups"
    assert terminal.document(*given, "--region", "eu-west-1")["policy"] == "groups-of-prod"


def test_our_own_change_would_be_ignored(terminal: Any, tmp_path: Path) -> None:
    """Whatever its policy."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(group_opened(identity=role("opsplane-dev-remediator"))))

    assert terminal.document("policy", "explain", str(path))["outcome"] == "ignore"


def test_a_moment_that_is_none_is_refused(terminal: Any, event: Path) -> None:
    """Before anything is read."""
    assert "is no moment" in terminal.run("policy", "explain", str(event), "--now", "noon").stderr
