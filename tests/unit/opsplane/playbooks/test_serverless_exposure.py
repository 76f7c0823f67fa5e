"""A function, registry, queue or topic that everybody may use."""

import json
from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.exposure.statements import is_public
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import Answers, calls, plan, playbook, subject

PARTNER = {"Sid": "p", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "a:b"}
EVERYBODY = {"Sid": "e", "Effect": "Allow", "Principal": "*", "Action": "a:b"}
HOLDERS = [
    ("AWS::ECR::Repository", "delete_repository_policy"),
    ("AWS::SQS::Queue", "set_queue_attributes"),
    ("AWS::SNS::Topic", "set_topic_attributes"),
]


@pytest.mark.parametrize(("holder", "taking"), HOLDERS)
def test_public_statements_go(holder: str, taking: str) -> None:
    """A policy of nothing else goes whole; others stay in it."""
    whole = plan("serverless-exposure", subject(holder, "x"), Observation(state={"policy": {"Statement": [EVERYBODY]}}))
    [step] = plan(
        "serverless-exposure", subject(holder, "x"), Observation(state={"policy": {"Statement": [PARTNER, EVERYBODY]}})
    )

    assert calls(whole) == [taking]
    assert EVERYBODY not in (whole[0].after or {"Statement": []})["Statement"]  # type: ignore[call-overload,index,operator]
    assert step.after == {"Statement": [PARTNER]}


@pytest.mark.parametrize(("holder", "_"), HOLDERS)
def test_a_private_one_is_left(holder: str, _: str) -> None:
    """With a policy or without one."""
    private = Observation(state={"policy": {"Statement": [PARTNER]}})

    assert plan("serverless-exposure", subject(holder, "x"), private) == ()
    assert plan("serverless-exposure", subject(holder, "x"), Observation()) == ()


def function(**facts: Any) -> Subject:
    """A function that a signal is about."""
    return subject("AWS::Lambda::Function", "f", **facts)


def test_each_public_permission_of_a_function_is_removed_by_its_id() -> None:
    """The partner's stays."""
    found = Observation(state={"permission e": EVERYBODY, "permission p": PARTNER})

    steps = plan("serverless-exposure", function(), found)

    assert [step.target for step in steps] == ["permission e"]
    assert (calls(steps), calls(steps, "undo")) == (["remove_permission"], ["add_permission"])


@pytest.mark.parametrize(("before", "back"), [(None, "delete_function_concurrency"), (5, "put_function_concurrency")])
def test_a_function_that_talks_to_an_attacker_is_stopped(before: int | None, back: str) -> None:
    """Undo leads to what it was allowed before."""
    found = Observation(state={"reserved concurrency": before} if before else {})

    steps = plan("serverless-exposure", function(finding="f-1", type="Backdoor:Lambda/C&CActivity.B"), found)

    assert (steps[0].after, calls(steps, "undo")) == (0, [back])


def test_a_stopped_function_is_left() -> None:
    """Findings repeat."""
    found = Observation(state={"reserved concurrency": 0})

    assert plan("serverless-exposure", function(finding="f-1", type="t"), found) == ()


def test_a_topic_that_let_in_everybody_alone_gets_the_policy_of_a_new_one() -> None:
    """SNS takes no empty policy; its owner keeps it, nobody else does."""
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "SNS:Publish"}]}
    topic = subject("AWS::SNS::Topic", "arn:aws:sns:us-east-1:000000000000:t")

    [step] = plan("serverless-exposure", topic, Observation(state={"policy": policy}))

    assert isinstance(step.after, dict)
    [statement] = step.after["Statement"]  # type: ignore[misc]
    assert not is_public(statement)  # type: ignore[arg-type]
    assert statement["Condition"] == {"StringEquals": {"AWS:SourceOwner": "000000000000"}}  # type: ignore[index,call-overload]
    assert step.undo[0].parameters["AttributeValue"] == json.dumps(policy)


def test_what_is_none_of_its_resources_is_told() -> None:
    """A control may speak of a bucket: that is an answer for people, not a crash."""
    with pytest.raises(PermanentError, match="AWS::S3::Bucket b is nothing that can be put right here"):
        playbook("serverless-exposure").observe(Answers(), subject("AWS::S3::Bucket", "b"))
