"""`opsplane playbooks` and `opsplane policy list`."""

from pathlib import Path
from typing import Any

from opsplane.playbooks import catalogue
from opsplane.policies.load import default


def test_every_playbook_is_listed_with_its_risk(terminal: Any) -> None:
    """A person reads what could go wrong before allowing it."""
    told = " ".join(terminal.run("playbooks").stdout.split())

    for playbook in catalogue():
        assert playbook.name in told
        assert playbook.risk in told


def test_playbooks_need_no_account(terminal: Any) -> None:
    """They come with this version; nobody is connected to."""
    terminal.run("playbooks")
    terminal.run("policy", "list")

    assert terminal.environments == []


def test_playbooks_as_json_name_the_rights(terminal: Any) -> None:
    """A program can compare them with a role."""
    document = terminal.document("playbooks")

    rights = {playbook["name"]: playbook["rights"] for playbook in document["playbooks"]}
    assert "ec2:RevokeSecurityGroupIngress" in rights["sg-world-ingress"]


def test_every_policy_is_listed_with_its_mode(terminal: Any) -> None:
    """A person reads how far opsplane goes on its own."""
    told = " ".join(terminal.run("policy", "list").stdout.split())

    for policy in default().policies:
        assert f"{policy.name} {policy.description}" in told
    assert "mode enforce" in told


def test_policies_as_json_are_the_policy_set(terminal: Any) -> None:
    """As the YAML file has them."""
    document = terminal.document("policy", "list")

    assert [policy["name"] for policy in document["policies"]] == [policy.name for policy in default().policies]


def test_the_policies_in_force_are_those_that_were_pushed(terminal: Any, tmp_path: Path) -> None:
    """Laid over the shipped ones."""
    (tmp_path / "mine.yaml").write_text("version: 1\nbase: shipped\nprotected_tag: hands-off\n")
    terminal.run("policy", "push", str(tmp_path / "mine.yaml"), "--reason", "r", "--yes")

    assert terminal.document("policy", "list", "--in-force")["protected_tag"] == "hands-off"
    assert terminal.document("policy", "list")["protected_tag"] == "opsplane:protected"
