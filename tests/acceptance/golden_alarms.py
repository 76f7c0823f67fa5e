"""When each metric rings, from the platform document, in the unit of the metric (X-46)."""

from collections.abc import Callable
from typing import NamedTuple

from acceptance.golden import Sizes

ALB, ECS, INSIGHTS, RDS, CACHE = "AWS/ApplicationELB", "AWS/ECS", "ECS/ContainerInsights", "AWS/RDS", "AWS/ElastiCache"
MIB, GIB = 1024**2, 1024**3


class Alarm(NamedTuple):
    """One line of the document's tables; statistic and minutes only where it gives them."""

    namespace: str
    metric: str
    comparison: str
    threshold: Callable[[Sizes], float]
    statistic: str | None = None
    minutes: float | None = None


def at(value: float) -> Callable[[Sizes], float]:
    """Return a threshold that is the same everywhere."""
    return lambda _: value


def free_memory(sizes: Sizes) -> float:
    """Return 500 MB, or 15 percent of a class that never has so much free (X-47)."""
    return min(500 * MIB, int(0.15 * sizes.db_memory_gib * GIB))


ALARMS = {
    "OBS-02": Alarm(ALB, "TargetResponseTime", ">", at(2), "p99"),
    "OBS-04": Alarm(ALB, "HTTPCode_Target_4XX_Count", ">", at(100), "Sum", 1),
    "OBS-05": Alarm(ALB, "HTTPCode_Target_5XX_Count", ">", at(10), "Sum", 1),
    "OBS-07": Alarm(ALB, "UnHealthyHostCount", ">", at(0)),
    "OBS-08": Alarm(ECS, "CPUUtilization", ">", at(80), "Average", 5),
    "OBS-09": Alarm(ECS, "MemoryUtilization", ">", at(85), "Average", 5),
    "OBS-10": Alarm(INSIGHTS, "RunningTaskCount", "<", lambda sizes: sizes.tasks),
    "OBS-11": Alarm(RDS, "CPUUtilization", ">", at(80), "Average", 10),
    "OBS-12": Alarm(RDS, "DatabaseConnections", ">", lambda sizes: 0.8 * sizes.max_connections),
    "OBS-13": Alarm(RDS, "FreeStorageSpace", "<", at(5 * GIB)),
    "OBS-14": Alarm(RDS, "ReadLatency", ">", at(0.02)),
    "OBS-15": Alarm(RDS, "WriteLatency", ">", at(0.02)),
    "OBS-16": Alarm(RDS, "FreeableMemory", "<", free_memory),
    "OBS-17": Alarm(CACHE, "CPUUtilization", ">", at(80)),
    "OBS-18": Alarm(CACHE, "DatabaseMemoryUsagePercentage", ">", at(80)),
    "OBS-19": Alarm(CACHE, "CurrConnections", ">", at(1000)),
}
"""By the id of its requirement. Those that compute, and the one of replicas, have tests of their own."""

ON_DASHBOARD_ONLY = {"OBS-01": "RequestCount", "OBS-03": "HTTPCode_Target_2XX_Count"}

PHASE = {
    (ALB, "HTTPCode_Target_5XX_Count"),
    (ALB, "TargetResponseTime"),
    (ECS, "CPUUtilization"),
    (ECS, "MemoryUtilization"),
    (RDS, "DatabaseConnections"),
    (RDS, "FreeStorageSpace"),
    (CACHE, "DatabaseMemoryUsagePercentage"),
}
"""The seven that the monitoring phase names."""

CRITICAL = {
    (ALB, "HTTPCode_Target_5XX_Count"),
    (INSIGHTS, "RunningTaskCount"),
    (RDS, "DatabaseConnections"),
    (RDS, "FreeStorageSpace"),
}
"""What wakes somebody: users see it, or the database is about to refuse work."""

RUNBOOKS = {
    "break-glass",
    "database-operations",
    "deployment",
    "incident-response",
    "rollback",
    "root-usage",
    "scaling-operations",
    "secret-rotation",
    "sg-world-ingress",
    "s3-public-revert",
}

ROWS = (
    ((ALB, "RequestCount"), (ALB, "TargetResponseTime"), (ALB, "HTTPCode_Target_5XX_Count")),
    ((ECS, "CPUUtilization"), (ECS, "MemoryUtilization"), (INSIGHTS, "RunningTaskCount")),
    ((RDS, "DatabaseConnections"), (RDS, "CPUUtilization"), (RDS, "FreeStorageSpace")),
    ((CACHE, "CacheHits"), (CACHE, "DatabaseMemoryUsagePercentage"), (CACHE, "CurrConnections")),
)
"""The dashboard's first four rows: the metric that each widget is about."""

AREA, LINE, NUMBER, GAUGE = ("timeSeries", True), ("timeSeries", False), ("singleValue", False), ("gauge", False)
VIEWS = ((AREA, LINE, LINE), (LINE, LINE, NUMBER), (LINE, LINE, GAUGE), (AREA, LINE, NUMBER))
"""How each of them is drawn: the view, and whether it is stacked."""
