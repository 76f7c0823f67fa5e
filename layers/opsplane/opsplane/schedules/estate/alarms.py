"""CloudWatch alarms that watch what sleeps: they would ring all night."""

import re
from collections.abc import Iterable
from typing import Any

from opsplane.playbooks.plan import Api
from opsplane.schedules.workload import TIERS, Running, Workload, WorkloadKind

_OWNED_BY_SCALING = "TargetTracking-"
"""Application Auto Scaling makes these, and its policies live on their actions."""

_PER_PAGE = 100
"""DescribeAlarms answers fifty unless it is asked for more, and takes nine calls a second."""

_NAMED = re.compile(r'(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^()"]+))\s*\)')
"""https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html: its rules."""


def read(api: Api, workloads: Iterable[Workload]) -> list[Workload]:
    """The alarms that watch one of these workloads, and the composite alarms whose rule names such an alarm."""
    known: dict[str, str] = {}
    for each in workloads:
        known |= {each.key: each.key, **dict.fromkeys(each.targets, each.key)}
    types = ["MetricAlarm", "CompositeAlarm"]
    answer = api.read("cloudwatch", "describe_alarms", AlarmTypes=types, MaxRecords=_PER_PAGE)
    watched = (
        (each, frozenset(known[key] for key in _watched(each) & known.keys())) for each in answer["MetricAlarms"]
    )
    found = [_alarm(each, keys) for each, keys in watched if keys]
    watches = {each.id: each.watches for each in found}
    return [*found, *_composites(answer.get("CompositeAlarms", []), watches)]


def _composites(alarms: list[dict[str, Any]], watches: dict[str, frozenset[str]]) -> list[Workload]:
    """Those whose rules name alarms of `watches`, or composite ones that do, however deep, and no others.

    One that also watches another environment goes on: better a false alarm at night than none in production.
    """
    named = {alarm["AlarmName"]: _named(alarm.get("AlarmRule", "")) for alarm in alarms}
    known, fresh = dict(watches), True
    while fresh:
        reached = {
            name: frozenset[str]().union(*(known[each] for each in names & known.keys()))
            for name, names in named.items()
        }
        fresh = any(keys and known.get(name) != keys for name, keys in reached.items())
        known |= {name: keys for name, keys in reached.items() if keys}
    while mixed := [name for name, names in named.items() if name in known and not names <= known.keys()]:
        for name in mixed:
            del known[name]
    return [_alarm(alarm, known[alarm["AlarmName"]]) for alarm in alarms if alarm["AlarmName"] in known]


def _named(rule: str) -> frozenset[str]:
    """The alarms that a rule names, by name or by ARN, in quotes or without."""
    found = (quoted or plain.strip() for quoted, plain in _NAMED.findall(rule))
    return frozenset(each.partition(":alarm:")[2] if each.startswith("arn:") else each for each in found)


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
        "CacheClusterId": WorkloadKind.CACHE,
    }
    keys = [f"{kind.value}:{named[name]}" for name, kind in simple.items() if name in named]
    if "TargetGroup" in named:
        keys.append(named["TargetGroup"])
    if "ServiceName" in named and "ClusterName" in named:
        keys.append(f"{WorkloadKind.SERVICE.value}:{named['ClusterName']}/{named['ServiceName']}")
    return keys
