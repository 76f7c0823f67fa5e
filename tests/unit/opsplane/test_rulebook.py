"""Which policies are in force."""

from typing import Any

import pytest
from builders import NOW, Deployment, group_opened
from cloud import Cloud, rule
from opsplane.decisions.decision import Outcome
from opsplane.errors import InvalidPolicy, LedgerConflict
from opsplane.policies.override import Override
from opsplane.policies.policy_file import PolicyFile
from opsplane.rulebook import in_force, put_in_force


def _file(**fields: Any) -> PolicyFile:
    return PolicyFile.model_validate({"version": 1, "base": "shipped", **fields})


def _asking(mode: str = "approve") -> PolicyFile:
    return _file(changes={"sg-world-ingress": {"mode": {"default": mode}}})


def _break(deployment: Deployment) -> None:
    """Put something in force as a later or an earlier opsplane could have, which this one does not understand."""
    version = len(deployment.ledger.rulings) + 1
    document = {"version": 1, "base": "shipped", "disabled": ["a-policy-of-tomorrow"]}
    override = Override(version=version, by="bob", reason="r", at=NOW, source="", document=document)
    deployment.ledger.put_override(override)


def test_what_was_put_in_force_counts_from_the_next_event_on() -> None:
    """And is kept with who did it, when and why."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    put_in_force(_asking(), "text", "ada", "a trial", deployment.ports)

    assert deployment.receive(group_opened()).outcome is Outcome.ASK
    [kept] = deployment.ledger.overrides()
    assert (kept.by, kept.reason, kept.at, kept.source) == ("ada", "a trial", NOW, "text")


def test_the_last_one_counts() -> None:
    """Versions follow each other."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    put_in_force(_asking(), "", "ada", "a trial", deployment.ports)

    second = put_in_force(_file(), "", "bob", "back", deployment.ports)

    assert second.version == 2
    assert deployment.receive(group_opened()).outcome is Outcome.ACT


def test_what_means_nothing_does_not_get_in_force() -> None:
    """The present ones stay."""
    deployment = Deployment()

    with pytest.raises(InvalidPolicy):
        put_in_force(_file(disabled=["nobody"]), "", "ada", "r", deployment.ports)

    assert deployment.ledger.overrides() == ()


def test_a_broken_override_leaves_the_last_good_one_in_force_and_people_are_told_once() -> None:
    """At once, as something critical, however many events come."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    put_in_force(_asking(), "", "ada", "a trial", deployment.ports)
    _break(deployment)
    _break(deployment)

    outcomes = [deployment.receive(group_opened(id=f"event-{number}")).outcome for number in range(3)]

    told = [each for each in deployment.sent("Notice Requested") if each.detail["id"].startswith("policies-")]
    assert outcomes[0] is Outcome.ASK
    assert [each.detail["id"] for each in told] == ["policies-3-broken"]
    assert told[0].detail["severity"] == "critical"
    assert told[0].detail["headline"] == (
        "policies version 3 of bob cannot be understood: policies version 1 of ada stay in force"
    )
    assert "a-policy-of-tomorrow" in told[0].detail["reason"]


def test_without_a_good_one_the_shipped_policies_stand() -> None:
    """Nothing is left without policies."""
    deployment = Deployment()
    _break(deployment)

    assert in_force(deployment.ledger.override(), deployment.ports) == deployment.policies
    assert "the shipped policies stay in force" in deployment.notices[0]


def test_two_that_find_it_at_the_same_moment_tell_once() -> None:
    """The record of the first makes the second one silent."""
    deployment = Deployment()
    _break(deployment)

    def quicker(_: object) -> None:
        deployment.ledger.before_write = None
        in_force(deployment.ledger.override(), deployment.ports)

    deployment.ledger.before_write = quicker
    in_force(deployment.ledger.override(), deployment.ports)

    assert len(deployment.notices) == 1


def test_two_that_put_policies_in_force_at_once_are_not_both_believed() -> None:
    """The slower one reads what the other one wrote, and decides anew."""
    deployment = Deployment()
    latest = deployment.ledger.override
    deployment.ledger.override = lambda: None  # type: ignore[method-assign]
    put_in_force(_file(), "", "ada", "r", deployment.ports)

    with pytest.raises(LedgerConflict):
        put_in_force(_file(), "", "bob", "r", deployment.ports)

    assert latest() is not None
