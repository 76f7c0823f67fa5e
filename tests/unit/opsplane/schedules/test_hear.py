"""What events of AWS say about workloads."""

from typing import Any

import pytest
from builders import ALICE, call, envelope, role
from opsplane.schedules.decide import BY_AWS
from opsplane.schedules.hear import starts_in

OWN = "opsplane-dev-"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (call("rds", "StartDBInstance", {"dBInstanceIdentifier": "orders"}), {"rds:orders": "alice"}),
        (call("rds", "StartDBCluster", {"dBClusterIdentifier": "events"}), {"aurora:events": "alice"}),
        (
            call("ec2", "StartInstances", {"instancesSet": {"items": [{"instanceId": "i-1"}, {"instanceId": "i-2"}]}}),
            {"ec2:i-1": "alice", "ec2:i-2": "alice"},
        ),
        (
            call("ecs", "UpdateService", {"cluster": "app", "service": "web", "desiredCount": 2}),
            {"ecs:app/web": "alice"},
        ),
        (
            call("ecs", "UpdateService", {"service": "arn:aws:ecs:x:0:service/app/web", "desiredCount": 1}),
            {"ecs:app/web": "alice"},
        ),
        (call("ecs", "UpdateService", {"service": "web", "desiredCount": 1}), {"ecs:default/web": "alice"}),
        (call("ecs", "UpdateService", {"cluster": "app", "service": "web", "desiredCount": 0}), {}),
        (call("ecs", "UpdateService", {"cluster": "app", "service": "web", "taskDefinition": "web:2"}), {}),
        (call("autoscaling", "UpdateAutoScalingGroup", {"autoScalingGroupName": "batch"}), {"asg:batch": "alice"}),
    ],
)
def test_a_call_tells_who_started_what(event: dict[str, Any], expected: dict[str, str]) -> None:
    """A deployment of a new version starts nothing."""
    assert starts_in(event, OWN) == expected


@pytest.mark.parametrize(
    ("number", "kind", "key"),
    [("0154", "DB_INSTANCE", "rds:orders"), ("0153", "CLUSTER", "aurora:orders")],
)
def test_rds_tells_when_it_starts_something_itself(number: str, kind: str, key: str) -> None:
    """After seven days."""
    detail = {"EventID": f"RDS-EVENT-{number}", "SourceType": kind, "SourceIdentifier": "orders"}

    assert starts_in(envelope("aws.rds", "RDS DB Instance Event", detail), OWN) == {key: BY_AWS}


def test_calls_of_our_own_and_calls_that_failed_say_nothing() -> None:
    """The first are on record, the second changed nothing."""
    request = {"dBInstanceIdentifier": "orders"}

    assert starts_in(call("rds", "StartDBInstance", request, role("opsplane-dev-SchedulerRole-1")), OWN) is None
    assert starts_in(call("rds", "StartDBInstance", request, ALICE, error="AccessDenied"), OWN) is None


@pytest.mark.parametrize("detail", [None, [], {}, {"userIdentity": None, "eventName": 5, "requestParameters": "x"}])
def test_an_event_of_another_shape_only_says_that_something_changed(detail: Any) -> None:
    """Nothing in it is believed to be there."""
    for kind in ("AWS API Call via CloudTrail", "EC2 Instance State-change Notification"):
        assert starts_in({"detail-type": kind, "detail": detail}, OWN) == {}


@pytest.mark.parametrize(
    "detail",
    [
        {"userIdentity": "alice"},
        {"userIdentity": {"sessionContext": ["x"]}},
        {"userIdentity": {"sessionContext": {"sessionIssuer": 3}}},
        {"eventName": "StartInstances", "requestParameters": {"instancesSet": ["i-1"]}},
        {"eventName": "StartInstances", "requestParameters": {"instancesSet": {"items": 5}}},
        {"EventID": ["RDS-EVENT-0154"]},
        {"EventID": {}},
    ],
)
def test_a_part_of_another_shape_is_as_good_as_none(detail: Any) -> None:
    """An exception here would bring the event back again and again."""
    for kind in ("AWS API Call via CloudTrail", "RDS DB Instance Event"):
        assert starts_in({"detail-type": kind, "detail": detail}, OWN) == {}
