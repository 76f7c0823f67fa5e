"""CloudWatch alarms that watch what sleeps: they would ring all night."""

from collections.abc import Iterable
from typing import Any

from opsplane.playbooks.plan import Api
from opsplane.schedules.workload import TIERS, Running, Workload, WorkloadKind

_OWNED_BY_SCALING = "TargetTracking-"
"""Application Auto Scaling makes these, and its policies live on their actions."""


def read(api: Api, workloads: Iterable[Workload]) -> list[Workload]:
    """The alarms that watch one of these workloads, and the composite alarms whose rule names such an alarm."""
    known: dict[str, str] = {}
    for each in workloads:
        known |= {each.key: each.key, **dict.fromkeys(each.targets, each.key)}
    answer = api.read("cloudwatch", "describe_alarms", AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    watched = (
        (each, frozenset(known[key] for key in _watched(each) & known.keys())) for each in answer["MetricAlarms"]
    )
    found = [_alarm(each, keys) for each, keys in watched if keys]
    names = {each.id: each.watches for each in found}
    return [*found, *_composites(answer.get("CompositeAlarms", []), names)]


def _composites(alarms: list[dict[str, Any]], names: dict[str, frozenset[str]]) -> list[Workload]:
    found = []
    for alarm in alarms:
        rule = alarm.get("AlarmRule", "")
        hit = [watched for name, watched in names.items() if f'"{name}"' in rule or f"({name})" in rule]
        if hit:
            found.append(_alarm(alarm, frozenset[str]().union(*hit)))
    return found


def _alarm(alarm: dict[str, Any], watches: frozenset[str]) -> Workload:
    name = alarm["AlarmName"]
    return Workload(
        kind=WorkloadKind.ALARM,
        id=name,
        running=Running.RUNNING if alarm.get("ActionsEnabled", True) else Running.STOPPED,
        hindrance="it belongs to a scaling policy" if name.startswith(_OWNED_BY_SCALING) else "",
        hourly=0.0,
        tier=TIERS[WorkloadKind.ALARM],
        watches=watches,
    )


def _watched(alarm: dict[str, Any]) -> frozenset[str]:
    """The keys of the workloads that an alarm's dimensions name."""
    metrics = [alarm, *(each.get("MetricStat", {}).get("Metric", {}) for each in alarm.get("Metrics", []))]
    return frozenset(key for metric in metrics for key in _keys(metric.get("Dimensions", [])))


def _keys(dimensions: list[dict[str, str]]) -> list[str]:
    named = {each["Name"]: each["Value"] for each in dimensions}
    simple = {
        "InstanceId": WorkloadKind.INSTANCE,
        "AutoScalingGroupName": WorkloadKind.GROUP,
        "DBInstanceIdentifier": WorkloadKind.DATABASE,
        "DBClusterIdentifier": WorkloadKind.CLUSTER,
        "ReplicationGroupId": WorkloadKind.CACHE,
    }
    keys = [f"{kind.value}:{named[name]}" for name, kind in simple.items() if name in named]
    if "TargetGroup" in named:
        keys.append(named["TargetGroup"])
    if "ServiceName" in named and "ClusterName" in named:
        keys.append(f"{WorkloadKind.SERVICE.value}:{named['ClusterName']}/{named['ServiceName']}")
    return keys
