"""The alarms of a plan, found by what they watch and not by what they are called."""

from acceptance.plans import Plan, Resource

COMPARISONS = {
    "GreaterThanThreshold": ">",
    "LessThanThreshold": "<",
    "GreaterThanOrEqualToThreshold": ">=",
    "LessThanOrEqualToThreshold": "<=",
}


def watching(plan: Plan, namespace: str, metric: str) -> list[Resource]:
    """Return the alarms on one metric."""
    return plan.where(
        "cloudwatch_metric_alarm", lambda each: (each["namespace"], each["metric_name"]) == (namespace, metric)
    )


def computing(plan: Plan, *metrics: str) -> list[Resource]:
    """Return the alarms on an expression over these metrics."""
    wanted = set(metrics)
    return plan.where("cloudwatch_metric_alarm", lambda each: wanted and set(inputs(each)) == wanted)


def inputs(alarm: Resource) -> dict[str, str]:
    """Return the metrics of an alarm's expression with their statistics."""
    queries = alarm.get("metric_query") or []
    return {metric["metric_name"]: metric["stat"] for query in queries for metric in query["metric"]}


def expression(alarm: Resource) -> str:
    """Return the expression that an alarm compares."""
    (found,) = [each["expression"] for each in alarm["metric_query"] if each["return_data"]]
    return str(found)


def rings(alarm: Resource) -> tuple[str, float]:
    """Return when an alarm rings: comparison and threshold."""
    return COMPARISONS[alarm["comparison_operator"]], alarm["threshold"]


def minutes(alarm: Resource) -> float:
    """Return for how long it must be so."""
    return float(alarm["period"]) * float(alarm["evaluation_periods"]) / 60


def statistic(alarm: Resource) -> str:
    """Return the statistic or percentile."""
    return str(alarm.get("statistic") or alarm["extended_statistic"])


def topic(alarm: Resource) -> str:
    """Return the name of the one topic that an alarm publishes to."""
    (arn,) = alarm["alarm_actions"]
    return str(arn).rpartition(":")[2]
