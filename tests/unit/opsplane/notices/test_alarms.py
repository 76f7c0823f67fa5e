"""CloudWatch alarms in the words of a notice."""

import json
from pathlib import Path
from typing import Any

import pytest
from opsplane.errors import UnhandledEvent
from opsplane.notices import alarms
from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

SAMPLE = Path(__file__).parents[4] / "events/cloudwatch/alarm-via-sns.json"


def message(**changes: Any) -> dict[str, Any]:
    """The alarm of the sample; a change to None takes a field away."""
    body = json.loads(json.loads(SAMPLE.read_text())["Records"][0]["body"])
    changed = {**json.loads(body["Message"]), **changes}
    return {key: value for key, value in changed.items() if value is not None}


def told(**changes: Any) -> Notice:
    """The notice for a critical alarm in dev."""
    return alarms.compose(alarms.parse(message(**changes)), "sns-1", Severity.CRITICAL, "dev")


def test_an_alarm_says_what_is_watched_and_where_to_look() -> None:
    """Name, reason, metric, condition, account, the region's code and a link into the console."""
    notice = told()

    assert notice.headline == "Alarm: opsplane-sample-api-5xx"
    assert (notice.account, notice.region, notice.over) == ("000000000000", "us-east-1", False)
    assert notice.reason is not None
    assert notice.reason.startswith("Threshold Crossed")
    assert notice.steps == (
        "More than 10 server errors a minute at the load balancer.",
        "AWS/ApplicationELB HTTPCode_ELB_5XX_Count of LoadBalancer app/opsplane-dev/50dc6c495c0c9188",
        "sum > 10 in 1 period(s) of 60 s",
        "was OK",
    )
    assert notice.link == (
        "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1"
        "#alarmsV2:alarm/opsplane-sample-api-5xx"
    )


def test_an_alarm_that_ended_is_over() -> None:
    """The page about it is resolved."""
    notice = told(NewStateValue="OK", OldStateValue="ALARM")

    assert (notice.headline, notice.over) == ("OK again: opsplane-sample-api-5xx", True)


def test_missing_data_is_neither_trouble_nor_its_end() -> None:
    """It is told in its own word."""
    notice = told(NewStateValue="INSUFFICIENT_DATA")

    assert (notice.headline, notice.over) == ("No data: opsplane-sample-api-5xx", False)


def test_a_composite_alarm_shows_its_rule() -> None:
    """It has no trigger and no metric."""
    notice = told(Trigger=None, AlarmRule='ALARM("a") AND ALARM("b")')

    assert 'composite: ALARM("a") AND ALARM("b")' in notice.steps


def test_an_alarm_on_an_expression_shows_it() -> None:
    """It has metrics instead of one metric."""
    metrics = [{"Id": "e1", "Expression": "m1 / m2 * 100"}, {"Id": "m1", "MetricStat": {}}]

    notice = told(Trigger={"Metrics": metrics, "Threshold": 5.0})

    assert "expression: m1 / m2 * 100" in notice.steps


def test_an_anomaly_alarm_has_no_threshold() -> None:
    """It compares with a band, which the message only names."""
    trigger = {"MetricName": "Latency", "Namespace": "AWS/ELB", "Statistic": "AVERAGE", "ThresholdMetricId": "ad1"}

    notice = told(Trigger=trigger)

    assert "AWS/ELB Latency" in notice.steps


def test_secrets_in_an_alarm_are_masked() -> None:
    """A description is written by people."""
    notice = told(AlarmDescription="log in with password=hunter2")

    assert "hunter2" not in str(notice.steps)


@pytest.mark.parametrize(
    "change",
    [{"AlarmArn": "nonsense"}, {"NewStateValue": "ON FIRE"}, {"StateChangeTime": "yesterday"}, {"AWSAccountId": "12"}],
)
def test_an_alarm_of_another_shape_is_refused_with_the_field(change: dict[str, Any]) -> None:
    """The reason names what is wrong."""
    with pytest.raises(UnhandledEvent, match=next(iter(change))):
        alarms.parse(message(**change))
