"""One message to people, before it is shaped for a channel."""

import pytest
from builders import Deployment, group_opened, guardduty, policies
from cloud import GROUP, Cloud, rule
from opsplane.actions.action import ActionState
from opsplane.ledger.entry import NOTICE_REQUESTED
from opsplane.notices.notice import MAX_STEPS, Notice, compose, message
from opsplane.policies.policy import Mode


def fixed(*ports: int) -> Deployment:
    """A deployment that closed a group on these ports."""
    deployment = Deployment(Cloud().open_group(*(rule(port) for port in ports or (22,))))
    deployment.receive(group_opened())
    return deployment


def test_a_notice_tells_what_where_who_why_and_what_next() -> None:
    """Whoever reads it need not open anything else first."""
    deployment = fixed()

    notice = compose(deployment.item, deployment.action, "policy p enforces", "https://ops.example.com/")

    assert notice.headline == f"Fixed: Security group {GROUP} is open to the internet"
    assert (notice.environment, notice.account, notice.region) == ("dev", "000000000000", "us-east-1")
    assert notice.resource == f"AWS::EC2::SecurityGroup {GROUP}"
    assert notice.actor == "alice (IAMUser) from 203.0.113.7"
    assert notice.reason == "policy p enforces"
    assert notice.steps == (f"Revoke ingress tcp 22-22 0.0.0.0/0 from {GROUP}",)
    assert notice.next_step == f"opsplane undo {deployment.action.id}"
    assert notice.link == f"https://ops.example.com/items/{deployment.item.id}"
    assert notice.over


@pytest.mark.parametrize(
    ("state", "word", "command"),
    [
        (ActionState.VERIFIED, "Fixed", "undo"),
        (ActionState.FAILED, "NOT fixed", "show"),
        (ActionState.AWAITING_APPROVAL, "Approval needed", "approve"),
        (ActionState.REJECTED, "Rejected", "show"),
        (ActionState.EXPIRED, "Nobody answered", "show"),
        (ActionState.UNDONE, "Undone", "show"),
        (ActionState.APPLYING, "applying", "show"),
    ],
)
def test_the_first_word_says_how_it_stands(state: ActionState, word: str, command: str) -> None:
    """Only what was read again and found so is called fixed."""
    deployment = fixed()
    action = deployment.action.model_copy(update={"state": state})

    notice = compose(deployment.item, action, "", "")

    assert notice.headline.startswith(f"{word}: ")
    assert str(notice.next_step).startswith(f"opsplane {command} ")
    assert notice.over is (state is ActionState.VERIFIED)


def test_without_an_action_attention_is_asked_for() -> None:
    """There is nothing to undo or approve, only to look at."""
    deployment = Deployment()
    deployment.receive(guardduty())

    notice = compose(deployment.item, None, "why", "")

    assert notice.headline == "Attention: EC2 instance is mining"
    assert (notice.next_step, notice.link) == (f"opsplane show {deployment.item.id}", None)


def test_a_long_plan_is_counted_rather_than_listed() -> None:
    """Twenty steps are named, the record has them all."""
    deployment = fixed(*range(MAX_STEPS + 5))

    notice = compose(deployment.item, deployment.action, "", "")

    assert len(notice.steps) == MAX_STEPS + 1
    assert notice.steps[-1] == "and 5 more"


def test_a_repeated_notice_has_the_same_id() -> None:
    """The notifier recognises a repetition by it; another entry gives another id."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.APPROVE))
    deployment.receive(group_opened())

    [sent] = deployment.sent(NOTICE_REQUESTED)

    assert sent == message(compose(deployment.item, deployment.action, deployment.action.reason, ""))
    assert Notice.model_validate(sent.detail).id == f"{deployment.item.id}-000002"
