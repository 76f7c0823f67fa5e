"""A trail that was stopped, weakened or deleted."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import calls, plan, playbook, subject

TRAIL = subject("AWS::CloudTrail::Trail", "main")
SETTINGS = {"S3BucketName": "logs", "IsMultiRegionTrail": True, "LogFileValidationEnabled": True}
SELECTORS = [{"ReadWriteType": "All", "IncludeManagementEvents": True}]


def seen(*, on: bool, settings: Any = SETTINGS, selectors: Any = SELECTORS, former: bool = True) -> Observation:
    """The trail as it is, and whether it was ever seen in order."""
    known = {"settings of main": SETTINGS, "selectors of main": SELECTORS} if former else {}
    state = {"recording of main": on, "settings of main": settings, "selectors of main": selectors}
    return Observation(state=state, former=known)


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
    """With the settings that it had; undo deletes it."""
    steps = plan("cloudtrail-restore", TRAIL, Observation(former={"settings of main": SETTINGS}))

    assert (calls(steps), calls(steps, "undo")) == (["create_trail", "start_logging"], ["stop_logging", "delete_trail"])


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
