"""The scene with an alarm: it exists and rings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

ALARM: Final = "opsplane-sample-api-5xx"
"""The alarm that the samples speak of."""


def ring(stage: Stage, name: str, event: Event) -> Scene:
    """Have the alarm of the sample `name`, in the state ALARM. It notifies nobody: sending the sample does."""
    stage.cloudwatch.put_metric_alarm(
        AlarmName=ALARM,
        AlarmDescription="More than 10 server errors a minute at the load balancer.",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_ELB_5XX_Count",
        Dimensions=[{"Name": "LoadBalancer", "Value": "app/opsplane-dev/50dc6c495c0c9188"}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=10.0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )
    stage.cloudwatch.set_alarm_state(
        AlarmName=ALARM, StateValue="ALARM", StateReason=f"Set by opsplane send for the sample {name}"
    )
    return Scene(event, f"alarm {ALARM} now in ALARM", (ALARM,))
