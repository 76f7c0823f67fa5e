"""A guard that was switched off."""

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

GUARDS = {
    "AWS::GuardDuty::Detector": (["update_detector"], ["create_detector"], ["delete_detector"]),
    "AWS::Config::ConfigurationRecorder": (["start_configuration_recorder"], None, None),
    "AWS::SecurityHub::Hub": (["enable_security_hub"], ["enable_security_hub"], ["disable_security_hub"]),
    "AWS::AccessAnalyzer::Analyzer": (["create_analyzer"], ["create_analyzer"], ["delete_analyzer"]),
    "AWS::Events::Rule": (["enable_rule"], None, None),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_what_is_on_is_left(guard: str) -> None:
    """Nothing to do."""
    assert plan("detector-restore", subject(guard, "g"), Observation(state={"state": "on"})) == ()


@pytest.mark.parametrize("guard", GUARDS)
def test_what_is_off_is_switched_on(guard: str) -> None:
    """Each service has its own word for it."""
    assert calls(plan("detector-restore", subject(guard, "g"), Observation(state={"state": "off"}))) == GUARDS[guard][0]


@pytest.mark.parametrize("guard", [guard for guard, (_, made, _) in GUARDS.items() if made])
def test_what_is_gone_is_made_again(guard: str) -> None:
    """And undo takes it away."""
    steps = plan("detector-restore", subject(guard, "g"), Observation())

    assert (calls(steps), calls(steps, "undo")) == GUARDS[guard][1:]


def test_a_rule_of_ours_that_is_gone_is_told() -> None:
    """Its pattern and targets stand in the template, not in our memory."""
    with pytest.raises(PermanentError, match="deploy the fleet again"):
        plan("detector-restore", subject("AWS::Events::Rule", "r"), Observation())


def test_an_account_without_security_hub_is_not_an_error() -> None:
    """DescribeHub answers InvalidAccessException there."""
    refusal = PermanentError("securityhub describe_hub: InvalidAccessException")

    found = playbook("detector-restore").observe(Answers(describe_hub=refusal), subject("AWS::SecurityHub::Hub", "hub"))

    assert found.state == {}
