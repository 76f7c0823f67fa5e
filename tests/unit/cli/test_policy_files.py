"""`opsplane policy check` and `opsplane policy schema`."""

from pathlib import Path
from typing import Any

import pytest
from opsplane.policies.source import schema

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


def test_a_good_file_is_counted(terminal: Any, tmp_path: Path) -> None:
    """And ends with 0."""
    (tmp_path / "mine.yaml").write_text(GOOD)

    result = terminal.run("policy", "check", str(tmp_path / "mine.yaml"))

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

    result = terminal.run("policy", "check", str(tmp_path / "mine.yaml"))

    assert result.exit_code == 2
    assert fault in " ".join(result.stderr.split())


def test_the_shipped_policies_are_all_reached(terminal: Any) -> None:
    """None hides behind another."""
    import opsplane.policies as package  # noqa: PLC0415 - its folder only

    assert terminal.run("policy", "check", str(Path(package.__file__).parent / "default.yaml")).exit_code == 0


def test_the_schema_is_that_of_the_file_in_docs(terminal: Any) -> None:
    """An editor is pointed to either."""
    assert terminal.document("policy", "schema") == schema()
    assert "PolicySet" not in terminal.run("policy", "schema").stdout.split("$defs")[0]


def test_a_policy_that_is_bolder_than_the_shipped_ones_is_pointed_out(terminal: Any, tmp_path: Path) -> None:
    """It may be meant; nobody should find out in prod."""
    bold = "version: 1\nbase: shipped\nchanges: {ec2-isolate: {mode: {prod: enforce}}}\n"
    (tmp_path / "mine.yaml").write_text(bold)

    result = terminal.run("policy", "check", str(tmp_path / "mine.yaml"))

    assert result.exit_code == 0
    assert "policy ec2-isolate acts in prod without asking" in " ".join(result.stderr.split())
    assert "ec2-isolate" in terminal.document("policy", "check", str(tmp_path / "mine.yaml"))["bold"]
