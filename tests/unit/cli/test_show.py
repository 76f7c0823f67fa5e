"""`opsplane show`."""

from datetime import timedelta
from typing import Any

from builders import bucket_opened, group_opened, policies
from opsplane.policies.policy import Mode


def test_an_item_is_shown_with_its_plan_and_its_trail(terminal: Any) -> None:
    """Resource, who, before and after, and each entry with its moment and reason."""
    terminal.deployment.receive(group_opened())
    terminal.deployment.clock.advance(timedelta(minutes=3))

    result = terminal.run("show", terminal.deployment.item.id)

    told = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "AWS::EC2::SecurityGroup sg-0123456789abcdef0" in told
    assert "alice (IAMUser) from 203.0.113.7" in told
    assert "after absent" in told
    assert "2026-11-22 10:00:00 UTC (3m ago)" in told
    assert "10:00:00 3m ago decision act: policy sg-world-ingress enforces in dev remediator" in told
    assert f"opsplane undo {terminal.deployment.action.id}" in told


def test_the_json_document_holds_item_actions_and_entries(terminal: Any) -> None:
    """Everything that the ledger knows of the item, once."""
    terminal.deployment.receive(group_opened())
    item = terminal.deployment.item

    document = terminal.document("show", item.id)

    assert document["item"]["id"] == item.id
    assert document["actions"][0]["plan"]["steps"][0]["after"] is None
    assert [entry["text"] for entry in document["entries"]] == terminal.deployment.trail
    assert document["entries"][-1]["action_state"] == "verified"
    assert document["entries"][-1]["item_state"] == "resolved"


def test_the_id_of_an_action_shows_its_item(terminal: Any) -> None:
    """People paste what they see."""
    terminal.deployment.receive(group_opened())

    document = terminal.document("show", terminal.deployment.action.id)

    assert document["item"]["id"] == terminal.deployment.item.id


def test_an_unknown_item_is_not_found(terminal: Any) -> None:
    """Exit code 3, a sentence on standard error, no traceback and nothing on standard output."""
    result = terminal.run("show", "nobody", "--json")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: there is no item nobody")


def test_a_question_shows_how_to_answer_it(terminal: Any) -> None:
    """An action that waits names both answers."""
    terminal.deployment.policies = policies(Mode.APPROVE)
    terminal.deployment.receive(group_opened())

    told = " ".join(terminal.run("show", terminal.deployment.item.id).stdout.split())

    action = terminal.deployment.action.id
    assert f"opsplane approve {action} or opsplane reject {action}" in told


def test_a_failed_action_shows_its_error(terminal: Any) -> None:
    """What went wrong stands beside the action."""
    terminal.deployment.cloud.open_bucket()
    terminal.deployment.policies = policies(Mode.APPROVE)
    terminal.deployment.receive(bucket_opened())
    action = terminal.deployment.action.id
    terminal.deployment.cloud.buckets["reports-archive"].policy = None
    terminal.deployment.cloud.buckets["reports-archive"].grants = []
    terminal.deployment.cloud.buckets["reports-archive"].block = {"BlockPublicAcls": True}
    terminal.run("approve", action, "--yes")

    told = " ".join(terminal.run("show", terminal.deployment.item.id).stdout.split())

    assert "failed" in told
    assert "changed by somebody else since the plan was made" in told


def test_nothing_is_wider_than_the_terminal(terminal: Any) -> None:
    """Long policies fold at 80 columns and at 60."""
    terminal.deployment.cloud.open_bucket()
    terminal.deployment.receive(bucket_opened())

    for columns in (80, 60):
        shown = terminal.run("show", terminal.deployment.item.id, columns=columns).stdout
        assert max(map(len, shown.splitlines())) <= columns
