"""Instance metadata is given out for a token only."""

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

INSTANCE = subject("AWS::EC2::Instance", "i-1")


def seen(tokens: str, calls: int = 0) -> Observation:
    """An instance's setting, and how often metadata was read without a token."""
    return Observation(state={"metadata tokens": tokens}, evidence={"calls_without_token": calls})


def test_a_token_is_required() -> None:
    """Undo makes it optional."""
    [step] = plan("imdsv2-enforce", INSTANCE, seen("optional"))

    assert (step.apply[0].parameters["HttpTokens"], step.undo[0].parameters["HttpTokens"]) == ("required", "optional")


def test_an_instance_that_requires_one_is_left() -> None:
    """Nothing to do."""
    assert plan("imdsv2-enforce", INSTANCE, seen("required")) == ()


def test_something_that_reads_without_a_token_is_a_reason_to_ask() -> None:
    """It would lose its credentials at once."""
    caution = playbook("imdsv2-enforce").caution
    assert caution is not None

    assert caution(INSTANCE, seen("optional"), {}) is None
    assert "read 7 times without a token" in str(caution(INSTANCE, seen("optional", 7), {}))


@pytest.mark.parametrize("state", ["terminated", "shutting-down"])
def test_an_instance_that_ends_is_gone(state: str) -> None:
    """EC2 shows it for an hour."""
    api = Answers(describe_instances={"Reservations": [{"Instances": [{"State": {"Name": state}}]}]})

    with pytest.raises(ResourceNotFound, match=f"is {state}"):
        playbook("imdsv2-enforce").observe(api, INSTANCE)


def test_reads_are_summed_over_thirty_days() -> None:
    """CloudWatch answers a value a day."""
    api = Answers(
        describe_instances={"Reservations": [{"Instances": [{"State": {"Name": "running"}}]}]},
        get_metric_data={"MetricDataResults": [{"Values": [1.0, 2.0]}, {"Values": [4.0]}]},
    )

    assert playbook("imdsv2-enforce").observe(api, INSTANCE).evidence["calls_without_token"] == 7
