"""Reasons to ask a person although the policy says enforce."""

from datetime import timedelta
from typing import Any

import pytest
from builders import NOW, config_verdict, group_opened, role, shipped, signal
from cloud import GROUP
from opsplane.actions.action import Action, ActionState
from opsplane.decisions.freeze import Freeze
from opsplane.decisions.guards import Circumstances, is_own_change, objection
from opsplane.playbooks.plan import Observation, Plan, Step
from opsplane.policies.policy import Limits
from opsplane.signals.signal import Severity

OPEN = Step(target="ingress tcp 22-22 0.0.0.0/0", summary="Revoke", before={}, after=None, apply=())


def case(**changes: Any) -> Circumstances:
    """An opened group in dev, about which nothing was done before."""
    policy = next(each for each in shipped().policies if each.name == "sg-world-ingress")
    limits = changes.pop("limits", None)
    usual: dict[str, Any] = {
        "signal": signal(group_opened()),
        "found": Observation(),
        "steps": (OPEN,),
        "policy": policy.model_copy(update={"limits": limits}),
        "policies": shipped(),
        "environment": "dev",
        "actions": (),
        "freeze": None,
        "now": NOW,
        "ticket": lambda _: 1,
    }
    return Circumstances(**{**usual, **changes})


def reason(**changes: Any) -> str | None:
    """What the guards say."""
    found = objection(case(**changes))
    return found.reason if found else None


def action(number: int, ago: timedelta, state: ActionState = ActionState.VERIFIED, *steps: Step) -> Action:
    """An earlier action on the same item."""
    resource = signal(group_opened()).resource
    plan = Plan(playbook="sg-world-ingress", resource=resource, steps=steps or (OPEN,), evidence={})
    at = NOW - ago
    return Action(id=f"x.{number}", item_id="x", plan=plan, state=state, reason="r", created_at=at, updated_at=at)


def test_nothing_speaks_against_an_ordinary_case() -> None:
    """Then the policy's word stands."""
    assert objection(case()) is None


@pytest.mark.parametrize("value", ["true", "yes", "", "True", "anything"])
def test_a_protected_resource_is_asked_about(value: str) -> None:
    """Any value but false protects; an empty one, too."""
    found = Observation(tags={"opsplane:protected": value})

    assert reason(found=found) == "the resource carries the tag opsplane:protected"


@pytest.mark.parametrize("tags", [{"opsplane:protected": "false"}, {"opsplane:protected": "False"}, {"protected": "x"}])
def test_an_unprotected_resource_is_not_asked_about(tags: dict[str, str]) -> None:
    """Only our own tag counts."""
    assert reason(found=Observation(tags=tags)) is None


@pytest.mark.parametrize("name", ["terraform", "deploy-terraform-prod", "TerraformApply", "ci-terraform"])
def test_a_change_by_terraform_is_asked_about(name: str) -> None:
    """The next apply would only make it again."""
    told = reason(signal=signal(group_opened(identity=role(name))))

    assert told == f"the change was made by the Terraform role {name}: the next apply would make it again"


def test_a_change_by_another_role_or_by_nobody_is_not_asked_about() -> None:
    """Config names no actor."""
    assert reason(signal=signal(group_opened(identity=role("admin", "terraform")))) is None
    assert reason(signal=signal(config_verdict())) is None


def test_a_frozen_environment_is_asked_about_first() -> None:
    """Whoever holds it still is named, and no ticket is taken."""
    freeze = Freeze(environment="dev", by="alice", reason="migration", at=NOW, until=NOW + timedelta(hours=2))

    told = reason(freeze=freeze, ticket=pytest.fail)

    assert told == "dev is frozen: alice holds it still until 2026-11-22 12:00 UTC: migration"


def test_two_controllers_that_fight_stop_after_three_rounds_and_a_person_is_called() -> None:
    """The same change, put right three times within a day, is critical whatever it was before."""
    before = tuple(action(number, timedelta(hours=2 * number)) for number in (1, 2, 3))

    found = objection(case(actions=before))

    assert found is not None
    assert found.severity is Severity.CRITICAL
    assert "3 times within a day" in found.reason
    assert objection(case(actions=before[:2])) is None


def test_another_change_of_the_same_resource_is_no_round() -> None:
    """Rounds count where somebody insists on the very same thing."""
    other = OPEN.model_copy(update={"target": "ingress tcp 3389-3389 0.0.0.0/0"})
    before = tuple(action(n, timedelta(hours=2 * n), ActionState.VERIFIED, other) for n in (1, 2, 3))

    assert objection(case(actions=before)) is None


def test_what_a_person_undid_or_rejected_is_no_round() -> None:
    """It was not put right."""
    before = tuple(
        action(n, timedelta(hours=2), state)
        for n, state in enumerate((ActionState.REJECTED, ActionState.EXPIRED, ActionState.UNDONE), 1)
    )

    assert objection(case(actions=before)) is None


def test_a_resource_that_was_changed_too_often_within_an_hour_is_asked_about() -> None:
    """Whatever it was about."""
    other = OPEN.model_copy(update={"target": "ingress udp 53-53 0.0.0.0/0"})
    before = tuple(action(n, timedelta(minutes=n), ActionState.VERIFIED, other) for n in (1, 2))

    assert (
        reason(actions=before, limits=Limits(per_resource=2))
        == f"2 actions on {GROUP} within an hour, the limit per resource"
    )


def test_an_item_with_too_many_actions_is_asked_about() -> None:
    """However long ago they were."""
    before = tuple(action(n, timedelta(days=n)) for n in range(2, 5))

    assert reason(actions=before, limits=Limits(per_item=3)) == "3 actions on this item, the limit per item"


def test_a_plan_with_too_many_steps_is_asked_about() -> None:
    """The blast radius."""
    told = reason(steps=(OPEN, OPEN), limits=Limits(steps=1))

    assert told == "the plan has 2 steps, more than the 1 that may be made unasked"


def test_a_playbooks_own_caution_is_asked_about() -> None:
    """It knows its subject best."""
    assert reason(caution="other changes are pending") == "other changes are pending"


@pytest.mark.parametrize(("number", "asked"), [(30, False), (31, True)])
def test_a_policy_that_acted_too_often_in_this_hour_asks(number: int, *, asked: bool) -> None:
    """A storm of events ends in questions, not in changes."""
    told = reason(ticket=lambda _: number)

    assert told == ("it acted 30 times in this hour already, the limit of policy sg-world-ingress" if asked else None)


@pytest.mark.parametrize(
    ("identity", "own"),
    [
        (role("opsplane-dev-remediator"), True),
        (role("opsplane-dev-RemediatorFunctionRole-1ABC"), True),
        (role("opsplane-spoke", "opsplane-dev"), True),
        (role("opsplane-spoke", account="999999999999"), False),
        (role("opsplane-prod-remediator"), False),
        (role("admin", "opsplane-dev-remediator"), False),
        ({"type": "IAMUser", "userName": "opsplane-dev-remediator"}, False),
        (role("opsplane-dev-remediator", account="999999999999"), False),
        ({**role("opsplane-dev-remediator"), "arn": ""}, False),
    ],
)
def test_only_a_role_of_our_account_tells_our_own_changes(identity: dict[str, object], *, own: bool) -> None:
    """A session, a user, or a role of another account can be named like us by anybody."""
    assert is_own_change(signal(group_opened(identity=identity)), "opsplane-dev-") is own


@pytest.mark.parametrize(
    ("type_name", "name", "asked"),
    [
        ("AWS::IAM::Role", "opsplane-spoke", True),
        ("AWS::IAM::Role", "opsplane-dev-remediator", True),
        ("AWS::IAM::Role", "app", False),
        ("AWS::IAM::User", "opsplane-fan", False),
    ],
)
def test_a_role_of_opsplane_itself_is_asked_about(type_name: str, name: str, *, asked: bool) -> None:
    """What takes its rights or ends its sessions stops everything else, too."""
    heard = signal(group_opened())
    resource = heard.resource.model_copy(update={"type": type_name, "id": name})

    told = reason(signal=heard.model_copy(update={"resource": resource}))

    assert told == (f"{name} is a role of opsplane itself, which this could cut off" if asked else None)
