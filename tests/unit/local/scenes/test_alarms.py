"""The scene with an alarm leaves a real alarm that rings."""

import json
from collections.abc import Callable

import boto3
import pytest
from opsplane_local.scenes import Scene

type Play = Callable[[str], Scene]


def alarm_of(scene: Scene) -> str:
    """Return the alarm that the event names, as EventBridge or as SNS through SQS tells it."""
    if "detail" in scene.event:
        return str(scene.event["detail"]["alarmName"])
    envelope = json.loads(scene.event["Records"][0]["body"])
    return str(json.loads(envelope["Message"])["AlarmName"])


@pytest.mark.parametrize("sample", ["alarm-state-change", "alarm-via-sns"])
def test_the_alarm_of_the_sample_rings(session: boto3.Session, play: Play, sample: str) -> None:
    """The alarm that the event names exists and is in ALARM."""
    scene = play(f"cloudwatch/{sample}.json")

    answer = session.client("cloudwatch").describe_alarms(AlarmNames=[alarm_of(scene)])

    [live] = answer["MetricAlarms"]
    assert live["StateValue"] == "ALARM"
    assert scene.resources == (live["AlarmName"],)
