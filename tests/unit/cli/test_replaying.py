"""`opsplane replay`."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import bucket_opened, config_verdict, group_opened

CANDIDATE = """
version: 1
policies:
  - name: groups
    description: d
    match: {kinds: [security-group-ingress]}
    playbook: sg-world-ingress
    mode: {default: approve}
"""


@pytest.fixture
def candidate(tmp_path: Path) -> str:
    """A set that asks about groups and knows nothing else."""
    path = tmp_path / "candidate.yaml"
    path.write_text(CANDIDATE)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Event files: a group, a bucket, one of another kind of service."""
    kept = tmp_path / "kept"
    (kept / "deeper").mkdir(parents=True)
    (kept / "group.json").write_text(json.dumps(group_opened()))
    (kept / "deeper" / "bucket.json").write_text(json.dumps(bucket_opened()))
    (kept / "odd.json").write_text(json.dumps({**group_opened(), "detail-type": "New"}))
    return str(kept)


def test_files_are_judged_by_both_sets(terminal: Any, folder: str, candidate: str) -> None:
    """In numbers by policy and word, and signal by signal where it differs."""
    found = terminal.document("replay", folder, "-p", candidate)

    assert found["signals"] == 2
    assert found["before"] == {"s3-public-revert": {"act": 1}, "sg-world-ingress": {"act": 1}}
    assert found["after"] == {"(no policy)": {"record": 1}, "groups": {"ask": 1}}
    assert {(each["before"]["outcome"], each["after"]["outcome"]) for each in found["changes"]} == {
        ("act", "record"),
        ("act", "ask"),
    }
    assert terminal.environments == []


def test_what_cannot_be_read_is_said(terminal: Any, folder: str, candidate: str) -> None:
    """The rest counts all the same."""
    result = terminal.run("replay", folder, "-p", candidate)

    assert "odd.json left out: nobody reads 'New' events" in " ".join(result.stderr.split())
    assert "2 signals, 2 would fare differently" in result.stdout


def test_two_files_can_be_compared(terminal: Any, folder: str, candidate: str) -> None:
    """The same set twice changes nothing."""
    assert terminal.document("replay", folder, "-p", candidate, "--against", candidate)["changes"] == []


def test_the_ledger_remembers_what_was_judged(terminal: Any, candidate: str) -> None:
    """As far back as asked; what live state showed to be in order stays ignored under both."""
    deployment = terminal.deployment
    deployment.receive(group_opened(id="old"))
    deployment.clock.advance(timedelta(days=3))
    opened = deployment.clock().isoformat()
    deployment.cloud.open_group()
    deployment.receive(group_opened(id="opened-again", time=opened))
    deployment.receive(config_verdict(id="in-order", time=opened))
    deployment.receive({"id": "malformed"})

    found = terminal.document("replay", "--since", "2d", "-p", candidate)

    assert found["signals"] == 2
    assert found["before"] == {"sg-world-ingress": {"act": 1, "ignore": 1}}
    assert found["after"] == {"groups": {"ask": 1, "ignore": 1}}
    assert terminal.document("replay", "--since", "1w", "-p", candidate)["signals"] == 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "give a folder with event files, or --since"),
        (("--since", "soon"), "is no span of time"),
        (("nowhere",), "nowhere holds no event files"),
    ],
)
def test_what_is_unclear_is_refused(terminal: Any, candidate: str, given: tuple[str, ...], told: str) -> None:
    """With exit code 2."""
    result = terminal.run("replay", *given, "-p", candidate)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
