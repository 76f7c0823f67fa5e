"""A plan that live state has overtaken is made anew, and a person is asked about it."""

from dataclasses import replace
from typing import Any

import pytest
from builders import Deployment, group_opened, policies
from cloud import GROUP, Cloud, rule
from opsplane import commands, execution
from opsplane.actions.action import ActionState
from opsplane.errors import PermanentError
from opsplane.ledger.item import ItemState
from opsplane.playbooks import by_name
from opsplane.policies.policy import Mode


def asked(cloud: Cloud) -> tuple[Deployment, str]:
    """An opened group whose plan waits for a person."""
    deployment = Deployment(cloud, policies=policies(Mode.APPROVE))
    record = deployment.receive(group_opened())
    return deployment, str(record.action_id)


def test_an_approved_plan_that_no_longer_fits_is_planned_anew_and_asked_about_again() -> None:
    """Somebody changed the rule's description: what was approved is not what would be done."""
    cloud = Cloud().open_group(rule(22, Description="first"))
    deployment, first = asked(cloud)
    cloud.groups[GROUP].rules[0]["Description"] = "second"
    commands.approve(first, "bob", deployment.ports)

    ended = deployment.carry_out(first)

    second = deployment.ledger.actions[f"{deployment.item.id}.2"]
    assert ended.state is ActionState.FAILED
    assert str(ended.error).endswith("changed by somebody else since the plan was made; planned anew")
    assert second.state is ActionState.AWAITING_APPROVAL
    assert second.plan.steps[0].before == {"description": "second", "tags": {}}
    assert len(cloud.rules()) == 1
    assert deployment.item.state is ItemState.OPEN
    assert deployment.notices[-1].startswith("Approval needed")

    commands.approve(second.id, "bob", deployment.ports)
    assert deployment.carry_out(second.id, "request-2").state is ActionState.VERIFIED
    assert cloud.rules() == []


def test_when_nothing_is_left_to_do_the_item_is_resolved_and_nobody_is_asked() -> None:
    """The owner described the rule and claimed its port by tag, as policy lets them."""
    cloud = Cloud().open_group(rule(443, Description="first"))
    deployment, first = asked(cloud)
    cloud.groups[GROUP].rules[0]["Description"] = "second"
    cloud.groups[GROUP].tags["opsplane:allow-world-ingress"] = "443"
    commands.approve(first, "bob", deployment.ports)

    ended = deployment.carry_out(first)

    assert ended.state is ActionState.FAILED
    assert str(ended.error).endswith("it is in order now, nothing is left to do")
    assert list(deployment.ledger.actions) == [first]
    assert (deployment.item.state, len(cloud.rules())) == (ItemState.RESOLVED, 1)


def overtaken(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> tuple[Deployment, str]:
    """An approved plan that somebody overtook, of a playbook that is changed for what comes."""
    cloud = Cloud().open_group(rule(443, Description="first"))
    deployment, first = asked(cloud)
    cloud.groups[GROUP].rules[0]["Description"] = "second"
    commands.approve(first, "bob", deployment.ports)
    found = by_name("sg-world-ingress")
    assert found
    changed = replace(found, **changes)
    monkeypatch.setattr(execution, "by_name", lambda _: changed)
    return deployment, first


def test_a_containment_with_nothing_left_to_do_stays_with_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance was terminated meanwhile; what it did with its rights is not undone by that."""
    deployment, first = overtaken(monkeypatch, contains=True, plan=lambda *_: ())

    deployment.carry_out(first)

    assert deployment.item.state is ItemState.CONTAINED


def test_what_cannot_be_planned_anew_still_says_what_happened_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both reasons stand in the record, and what was put back with the first."""

    def refuse(*_: Any) -> Any:
        text = "nobody knows its former settings"
        raise PermanentError(text)

    deployment, first = overtaken(monkeypatch, plan=refuse)

    error = str(deployment.carry_out(first).error)

    assert "changed by somebody else since the plan was made" in error
    assert error.endswith("it could not be planned anew: nobody knows its former settings")
