"""A CloudWatch alarm, as SNS carries it, in the words of a notice.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html — an alarm on one metric
names it in `Trigger`, one on an expression has `Trigger.Metrics`, a composite alarm has `AlarmRule` and no `Trigger`.
"""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import AwareDatetime, Field, StringConstraints

from opsplane.notices.notice import Notice
from opsplane.notices.secrets import mask
from opsplane.signals.envelope import AccountId, Wire, parse_wire
from opsplane.signals.signal import Severity

_WORDS = {"ALARM": "Alarm", "OK": "OK again", "INSUFFICIENT_DATA": "No data"}
_SIGNS = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": "≥",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "≤",
}


class Dimension(Wire):
    """One dimension of a metric."""

    name: str
    value: str


class Trigger(Wire):
    """What the alarm watches. An alarm on an expression has no metric name, an anomaly alarm no threshold."""

    metric: str | None = Field(None, alias="MetricName")
    namespace: str | None = Field(None, alias="Namespace")
    statistic: str | None = Field(None, alias="Statistic")
    percentile: str | None = Field(None, alias="ExtendedStatistic")
    dimensions: tuple[Dimension, ...] = Field((), alias="Dimensions")
    period: int | None = Field(None, alias="Period")
    periods: int | None = Field(None, alias="EvaluationPeriods")
    comparison: str = Field("", alias="ComparisonOperator")
    threshold: float | None = Field(None, alias="Threshold")
    metrics: tuple[dict[str, Any], ...] = Field((), alias="Metrics")


class Alarm(Wire):
    """The message of one change of state."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)] = Field(alias="AlarmName")
    description: str | None = Field(None, alias="AlarmDescription")
    account: AccountId = Field(alias="AWSAccountId")
    state: Literal["ALARM", "OK", "INSUFFICIENT_DATA"] = Field(alias="NewStateValue")
    reason: str = Field("", alias="NewStateReason")
    before: str = Field("", alias="OldStateValue")
    at: AwareDatetime = Field(alias="StateChangeTime")
    arn: Annotated[str, StringConstraints(pattern=r"^arn:[^:]+:cloudwatch:[a-z0-9-]+:\d{12}:alarm:")] = Field(
        alias="AlarmArn"
    )
    trigger: Trigger | None = Field(None, alias="Trigger")
    rule: str | None = Field(None, alias="AlarmRule")

    @property
    def region(self) -> str:
        """The code of the region; the message itself only has its name for people."""
        return self.arn.split(":")[3]


def parse(message: dict[str, Any]) -> Alarm:
    """The alarm of one message.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    return parse_wire(Alarm, message, "CloudWatch alarm")


def compose(alarm: Alarm, notice_id: str, severity: Severity, environment: str) -> Notice:
    """The notice for an alarm's change of state; the topic that it came through says how bad it is."""
    return Notice(
        id=notice_id,
        headline=mask(f"{_WORDS[alarm.state]}: {alarm.name}"),
        severity=severity,
        environment=environment,
        account=alarm.account,
        region=alarm.region,
        resource=f"AWS::CloudWatch::Alarm {alarm.name}",
        at=alarm.at,
        reason=mask(alarm.reason) or None,
        steps=tuple(mask(line) for line in _lines(alarm)),
        link=_link(alarm),
        over=alarm.state == "OK",
    )


def _lines(alarm: Alarm) -> list[str]:
    lines = [alarm.description] if alarm.description else []
    if alarm.trigger:
        lines.extend(_watched(alarm.trigger))
    if alarm.rule:
        lines.append(f"composite: {alarm.rule}")
    return [*lines, f"was {alarm.before}"] if alarm.before else lines


def _watched(trigger: Trigger) -> list[str]:
    if trigger.metric is None:
        expressions = [str(metric["Expression"]) for metric in trigger.metrics if metric.get("Expression")]
        return [f"expression: {expression}" for expression in expressions]
    where = ", ".join(f"{dimension.name} {dimension.value}" for dimension in trigger.dimensions)
    lines = [f"{trigger.namespace} {trigger.metric}{f' of {where}' if where else ''}"]
    statistic = trigger.statistic or trigger.percentile
    if statistic and trigger.threshold is not None:
        sign = _SIGNS.get(trigger.comparison, trigger.comparison)
        lines.append(
            f"{statistic.lower()} {sign} {trigger.threshold:g} in {trigger.periods} period(s) of {trigger.period} s"
        )
    return lines


def _link(alarm: Alarm) -> str:
    place = f"https://{alarm.region}.console.aws.amazon.com/cloudwatch/home?region={alarm.region}"
    return f"{place}#alarmsV2:alarm/{quote(alarm.name, safe='')}"
