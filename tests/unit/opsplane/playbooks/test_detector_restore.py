"""A guard that was switched off."""

import pytest
from opsplane.errors import AccessDenied, PermanentError
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


def test_a_hub_that_we_may_not_look_at_is_not_taken_for_absent() -> None:
    """It would be switched on anew, with standards that nobody asked for."""
    api = Answers(describe_hub=AccessDenied("securityhub describe_hub: AccessDeniedException"))

    with pytest.raises(AccessDenied):
        playbook("detector-restore").observe(api, subject("AWS::SecurityHub::Hub", "hub"))


def test_a_recorder_that_was_stopped_and_then_deleted_is_told() -> None:
    """It does not pass for a resource about which nothing is to be done."""
    recorder = subject("AWS::Config::ConfigurationRecorder", "default")

    with pytest.raises(PermanentError, match="recorder default is gone: make it again"):
        plan("detector-restore", recorder, playbook("detector-restore").observe(Answers(), recorder))


def test_a_rule_of_ours_without_targets_is_told() -> None:
    """It is on, and reaches nobody."""
    rule = subject("AWS::Events::Rule", "opsplane-dev-x")
    api = Answers(describe_rule={"State": "ENABLED", "Arn": "arn"}, list_targets_by_rule={"Targets": []})

    with pytest.raises(PermanentError, match="its targets were taken away"):
        plan("detector-restore", rule, playbook("detector-restore").observe(api, rule))


def test_a_rule_on_a_bus_of_its_own_is_switched_on_there() -> None:
    """And off again by an undo."""
    rule = subject("AWS::Events::Rule", "opsplane-dev-x", bus="own")

    [step] = plan("detector-restore", rule, Observation(state={"state": "off"}))

    for calls_ in (step.apply, step.undo):
        assert calls_[0].parameters == {"Name": "opsplane-dev-x", "EventBusName": "own"}


def test_what_is_made_again_says_what_it_lacks() -> None:
    """A hub comes back with its default standards, whatever it had."""
    [step] = plan("detector-restore", subject("AWS::SecurityHub::Hub", "hub"), Observation())

    assert "with its default standards" in step.summary


ON, OFF = {"Status": "ENABLED"}, {"Status": "DISABLED"}
DETECTOR = subject("AWS::GuardDuty::Detector", "d")


def test_a_detector_tells_its_features_and_tags_but_not_what_nobody_can_switch() -> None:
    """Its own data sources are listed among them."""
    more = [{"Name": "EKS_ADDON_MANAGEMENT", "Status": "ENABLED", "UpdatedAt": "now"}]
    features = [
        {"Name": "CLOUD_TRAIL", **ON},
        {"Name": "S3_DATA_EVENTS", **OFF},
        {"Name": "RUNTIME_MONITORING", **ON, "AdditionalConfiguration": more},
    ]
    told = {"Status": "ENABLED", "Features": features, "Tags": {"opsplane:protected": "true"}}
    api = Answers(list_detectors={"DetectorIds": ["d"]}, get_detector=told)

    found = playbook("detector-restore").observe(api, DETECTOR)

    assert found.tags == {"opsplane:protected": "true"}
    assert found.state == {
        "state": "on",
        "feature S3_DATA_EVENTS": OFF,
        "feature RUNTIME_MONITORING": {
            **ON,
            "AdditionalConfiguration": [{"Name": "EKS_ADDON_MANAGEMENT", "Status": "ENABLED"}],
        },
    }


def test_a_feature_that_was_on_comes_back() -> None:
    """The detector stayed on; what was off before stays off."""
    state = {"state": "on", "feature S3_DATA_EVENTS": OFF, "feature RDS_LOGIN_EVENTS": OFF}
    found = Observation(state=state, former={"feature S3_DATA_EVENTS": ON})

    [step] = plan("detector-restore", DETECTOR, found)

    assert step.apply[0].parameters["Features"] == [{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}]
    assert step.undo[0].parameters["Features"] == [{"Name": "S3_DATA_EVENTS", "Status": "DISABLED"}]


def test_a_feature_that_nobody_knew_is_told() -> None:
    """It may have been off all the time."""
    about = subject("AWS::GuardDuty::Detector", "d", disabled=["S3_DATA_EVENTS"])

    with pytest.raises(PermanentError, match="whether these were on: S3_DATA_EVENTS"):
        plan("detector-restore", about, Observation(state={"state": "on", "feature S3_DATA_EVENTS": OFF}))


def test_a_detector_that_is_made_again_gets_the_features_that_it_had() -> None:
    """Its id is another one."""
    [step] = plan("detector-restore", DETECTOR, Observation(former={"feature S3_DATA_EVENTS": ON}))

    assert step.apply[0].parameters == {"Enable": True, "Features": [{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}]}


def test_features_of_a_detector_that_is_off_are_not_remembered() -> None:
    """Neither is what was switched off: it does not become the model."""
    remember = playbook("detector-restore").remember
    assert remember is not None
    known = {"feature S3_DATA_EVENTS": ON}

    off = Observation(state={"state": "off", "feature RDS_LOGIN_EVENTS": ON}, former=known)
    on = Observation(state={"state": "on", "feature S3_DATA_EVENTS": OFF, "feature RDS_LOGIN_EVENTS": ON}, former=known)

    assert remember(off, {}) == known
    assert remember(on, {}) == {**known, "feature RDS_LOGIN_EVENTS": ON}


def test_an_analyzer_of_the_organization_comes_back_as_one() -> None:
    """Its type was seen when it was made; nothing in the call that deletes it tells."""
    about, remember = subject("AWS::AccessAnalyzer::Analyzer", "a"), playbook("detector-restore").remember
    assert remember is not None
    api = Answers(get_analyzer={"analyzer": {"arn": "arn", "type": "ORGANIZATION", "tags": {"team": "x"}}})
    known = remember(playbook("detector-restore").observe(api, about), {})

    [step] = plan("detector-restore", about, Observation(former=known))

    assert step.apply[0].parameters == {"analyzerName": "a", "type": "ORGANIZATION"}
