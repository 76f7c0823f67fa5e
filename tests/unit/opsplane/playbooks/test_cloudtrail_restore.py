"""A trail that was stopped, weakened or deleted."""

from typing import Any

import pytest
from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

TRAIL = subject("AWS::CloudTrail::Trail", "main")
SETTINGS = {"S3BucketName": "logs", "IsMultiRegionTrail": True, "LogFileValidationEnabled": True}
SELECTORS = [{"ReadWriteType": "All", "IncludeManagementEvents": True}]


def seen(*, on: bool, settings: Any = SETTINGS, selectors: Any = SELECTORS, former: bool = True) -> Observation:
    """The trail as it is, and whether it was ever seen in order."""
    known = {"settings of main": SETTINGS, "selectors of main": SELECTORS} if former else {}
    state = {"recording of main": on, "settings of main": settings, "selectors of main": selectors}
    evidence = {"trails": [{"Name": "main", "IncludeGlobalServiceEvents": True, **settings}]}
    return Observation(state=state, former=known, evidence=evidence)


def test_a_trail_that_is_in_order_is_left() -> None:
    """It records as it did."""
    assert plan("cloudtrail-restore", TRAIL, seen(on=True)) == ()


def test_a_stopped_trail_records_again() -> None:
    """Also one that was never seen before."""
    steps = plan("cloudtrail-restore", TRAIL, seen(on=False, former=False))

    assert (calls(steps), calls(steps, "undo")) == (["start_logging"], ["stop_logging"])


def test_settings_and_selectors_come_back() -> None:
    """UpdateTrail has names of its own for some settings."""
    weak = {**SETTINGS, "LogFileValidationEnabled": False}

    steps = plan("cloudtrail-restore", TRAIL, seen(on=True, settings=weak, selectors=[]))

    assert calls(steps) == ["update_trail", "put_event_selectors"]
    assert steps[0].apply[0].parameters["EnableLogFileValidation"] is True
    assert steps[0].undo[0].parameters["EnableLogFileValidation"] is False


def test_a_deleted_trail_is_made_again() -> None:
    """With the settings and selectors that it had; undo deletes it."""
    former = {"settings of main": {**SETTINGS, "IsOrganizationTrail": False}, "selectors of main": SELECTORS}

    steps = plan("cloudtrail-restore", TRAIL, Observation(former=former))

    assert calls(steps) == ["create_trail", "put_event_selectors", "start_logging"]
    assert calls(steps, "undo") == ["delete_trail"]
    assert "IsOrganizationTrail" not in steps[0].apply[0].parameters


def test_a_deleted_trail_that_nobody_knew_is_told() -> None:
    """Nothing is invented."""
    with pytest.raises(PermanentError, match="nobody knows its settings"):
        plan("cloudtrail-restore", TRAIL, Observation())


def test_settings_of_a_stopped_trail_are_not_remembered() -> None:
    """An attacker who stops it first and changes it then does not become the model."""
    remember = playbook("cloudtrail-restore").remember
    assert remember is not None

    assert remember(seen(on=False, former=False), {}) == {}
    assert remember(seen(on=True, former=False), {})["settings of main"] == SETTINGS


ADVANCED = [{"Name": "all", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]


def test_advanced_selectors_come_back_as_what_they_are() -> None:
    """PutEventSelectors refuses them under the name of the basic ones."""
    found = seen(on=True).model_copy(update={"former": {"settings of main": SETTINGS, "selectors of main": ADVANCED}})

    [step] = plan("cloudtrail-restore", TRAIL, found)

    assert step.apply[0].parameters == {"TrailName": "main", "AdvancedEventSelectors": ADVANCED}
    assert step.undo[0].parameters == {"TrailName": "main", "EventSelectors": SELECTORS}


def test_what_was_added_is_taken_away() -> None:
    """UpdateTrail leaves alone what it is not told: a stranger's key would stay, and nobody could read the logs."""
    [step] = plan("cloudtrail-restore", TRAIL, seen(on=True, settings={**SETTINGS, "KmsKeyId": "arn:theirs"}))

    assert step.apply[0].parameters == {"Name": "main", "KmsKeyId": ""}
    assert step.undo[0].parameters == {"Name": "main", "KmsKeyId": "arn:theirs"}


def test_log_group_and_role_go_together() -> None:
    """CloudTrail refuses one without the other; what did not change is not said again."""
    logs = {"CloudWatchLogsLogGroupArn": "group", "CloudWatchLogsRoleArn": "role"}
    found = seen(on=True, settings={**SETTINGS, **logs, "CloudWatchLogsLogGroupArn": "other"})
    found = found.model_copy(update={"former": {**found.former, "settings of main": {**SETTINGS, **logs}}})

    [step] = plan("cloudtrail-restore", TRAIL, found)

    assert step.apply[0].parameters == {"Name": "main", **logs}


def cloudtrail(*trails: dict[str, Any], **answers: Any) -> Answers:
    """CloudTrail with these trails, each recording."""
    told = {
        "describe_trails": {"trailList": list(trails)},
        "get_trail_status": {"IsLogging": True},
        "get_event_selectors": {"EventSelectors": SELECTORS},
        "list_tags": {"ResourceTagList": []},
    }
    return Answers(**{**told, **answers})


def trail(name: str = "main", home: str = "us-east-1", account: str = "000000000000", **more: Any) -> dict[str, Any]:
    """A trail as DescribeTrails lists it."""
    arn = f"arn:aws:cloudtrail:{home}:{account}:trail/{name}"
    return {"Name": name, "TrailARN": arn, "HomeRegion": home, "IncludeGlobalServiceEvents": True, **SETTINGS, **more}


ACCOUNT = subject("AWS::::Account", "000000000000")


@pytest.mark.parametrize("other", [{"home": "eu-west-1"}, {"account": "111111111111"}])
def test_a_trail_that_belongs_elsewhere_is_told_and_not_touched(other: dict[str, str]) -> None:
    """The shadow of another region's trail, or the organization's: CloudTrail refuses to change it from here."""
    found = playbook("cloudtrail-restore").observe(cloudtrail(trail(**other)), ACCOUNT)

    assert found.state == {}
    with pytest.raises(PermanentError, match="only in its own account and home region: arn:aws:cloudtrail:"):
        plan("cloudtrail-restore", ACCOUNT, found)


def test_trails_elsewhere_do_not_keep_ours_from_being_looked_at() -> None:
    """Each is judged by itself, also when both have one name."""
    api = cloudtrail(trail(), trail(account="111111111111"), get_trail_status={"IsLogging": False})

    steps = plan("cloudtrail-restore", ACCOUNT, playbook("cloudtrail-restore").observe(api, ACCOUNT))

    assert calls(steps) == ["start_logging"]


def test_an_account_without_any_trail_is_told() -> None:
    """Config finds it non-compliant; there is nothing that could be switched on."""
    with pytest.raises(PermanentError, match="no trail of this account"):
        plan("cloudtrail-restore", ACCOUNT, playbook("cloudtrail-restore").observe(cloudtrail(), ACCOUNT))


def test_a_trail_that_is_listed_for_a_moment_after_it_was_deleted_is_gone() -> None:
    """Otherwise its deletion would be left as if nothing had been there."""
    gone = ResourceNotFound("TrailNotFoundException")

    found = playbook("cloudtrail-restore").observe(cloudtrail(trail(), get_trail_status=gone), TRAIL)

    assert found.state == {}


def test_a_trail_whose_bucket_is_gone_is_told() -> None:
    """It records, and nothing arrives."""
    broken = cloudtrail(trail(), get_trail_status={"IsLogging": True, "LatestDeliveryError": "NoSuchBucket"})

    with pytest.raises(PermanentError, match="trail main: NoSuchBucket"):
        plan("cloudtrail-restore", TRAIL, playbook("cloudtrail-restore").observe(broken, TRAIL))


@pytest.mark.parametrize(
    ("changed", "selectors"),
    [({"LogFileValidationEnabled": False}, SELECTORS), ({}, [{"ReadWriteType": "WriteOnly"}])],
)
def test_a_weak_trail_that_nobody_knew_is_told_and_does_not_become_the_model(changed: Any, selectors: Any) -> None:
    """The first that opsplane hears of a trail may be the attack."""
    found = seen(on=True, settings={**SETTINGS, **changed}, selectors=selectors, former=False)

    with pytest.raises(PermanentError, match="never seen in order"):
        plan("cloudtrail-restore", subject("AWS::CloudTrail::Trail", "main", call="UpdateTrail"), found)


@pytest.mark.parametrize("selectors", [SELECTORS, ADVANCED, []])
def test_a_sound_trail_that_nobody_knew_is_left(selectors: Any) -> None:
    """It is remembered as it is."""
    found = seen(on=True, selectors=selectors, former=False)

    assert plan("cloudtrail-restore", subject("AWS::CloudTrail::Trail", "main", call="UpdateTrail"), found) == ()
