"""A role that trusts strangers."""

from typing import Any

import pytest
from cloud import ACCOUNT
from opsplane.playbooks.plan import Observation
from planned import plan, playbook, subject

ROLE = subject("AWS::IAM::Role", "app")
SERVICE = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}


def trusting(principal: Any, **more: Any) -> dict[str, Any]:
    """A statement that lets a principal assume the role."""
    return {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}


def seen(*statements: Any, former: Any = None) -> Observation:
    """The role's trust, and the one that it had."""
    trust = {"Version": "2012-10-17", "Statement": list(statements)}
    evidence = {"account": ACCOUNT}
    return Observation(
        state={"trust policy": trust}, evidence=evidence, former={"trust policy": former} if former else {}
    )


STRANGERS = ["*", {"AWS": "*"}, {"AWS": "999999999999"}, {"AWS": ["arn:aws:iam::999999999999:root"]},
             {"AWS": [f"arn:aws:iam::{ACCOUNT}:root", "arn:aws:sts::999999999999:assumed-role/a/b"]}]  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_lose_their_way_in(stranger: Any) -> None:
    """Everybody, or an account that nobody named; what else the role trusts stays."""
    [step] = plan("iam-trust-revert", ROLE, seen(SERVICE, trusting(stranger)))

    assert step.after == {"Version": "2012-10-17", "Statement": [SERVICE]}


@pytest.mark.parametrize("friend", [{"AWS": ACCOUNT}, {"AWS": f"arn:aws:iam::{ACCOUNT}:user/bob"}, {"Service": "s"}])
def test_our_own_are_no_strangers(friend: Any) -> None:
    """The account itself, its people, and services."""
    assert plan("iam-trust-revert", ROLE, seen(trusting(friend))) == ()


def test_whom_policy_names_is_no_stranger() -> None:
    """A partner's account."""
    found = seen(trusting({"AWS": "arn:aws:iam::999999999999:root"}))

    assert plan("iam-trust-revert", ROLE, found, trusted_accounts=["999999999999"]) == ()


def test_a_denial_lets_nobody_in() -> None:
    """Deny for everybody is not trust."""
    assert plan("iam-trust-revert", ROLE, seen(SERVICE, {**trusting("*"), "Effect": "Deny"})) == ()


def test_the_trust_that_it_had_comes_back_whole() -> None:
    """Also what an attacker took out of it."""
    former = {"Version": "2012-10-17", "Statement": [SERVICE, trusting({"AWS": ACCOUNT})]}

    [step] = plan("iam-trust-revert", ROLE, seen(trusting("*"), former=former))

    assert step.after == former


def test_a_role_that_would_trust_nobody_trusts_its_own_account() -> None:
    """IAM takes no empty trust."""
    [step] = plan("iam-trust-revert", ROLE, seen(trusting("*")))

    assert f"arn:aws:iam::{ACCOUNT}:root" in str(step.after)


def test_trust_in_strangers_is_not_remembered() -> None:
    """It would be put back the next time."""
    remember = playbook("iam-trust-revert").remember
    assert remember is not None

    assert remember(seen(trusting("*")), {}) == {}
    assert remember(seen(SERVICE), {})["trust policy"]["Statement"] == [SERVICE]


def test_the_hub_is_no_stranger_in_an_account_that_enrolled() -> None:
    """Else opsplane would cut its own way in; anybody else stays a stranger."""
    hub, other = trusting({"AWS": "arn:aws:iam::222222222222:root"}), trusting({"AWS": "333333333333"})

    assert plan("iam-trust-revert", ROLE, seen(hub), opsplane_account="222222222222") == ()
    [step] = plan("iam-trust-revert", ROLE, seen(hub, other), opsplane_account="222222222222")

    assert step.after == {"Version": "2012-10-17", "Statement": [hub]}
