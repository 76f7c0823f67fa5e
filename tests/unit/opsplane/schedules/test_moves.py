"""The AWS calls by which each kind goes to sleep and wakes."""

import pytest
from opsplane.schedules.moves import bound_calls, sleep_calls, wake_calls
from opsplane.schedules.workload import WorkloadKind

SIZES = {
    WorkloadKind.SERVICE: {"desired": 3, "min": 2, "max": 6},
    WorkloadKind.GROUP: {"min": 1, "desired": 2, "max": 4},
    WorkloadKind.CACHE: {"node_type": "cache.m5.large", "small": "cache.t4g.micro"},
}


@pytest.mark.parametrize("kind", list(WorkloadKind))
def test_every_kind_has_a_way_down_and_a_way_back(kind: WorkloadKind) -> None:
    """By as many calls, in the same order."""
    down = sleep_calls(kind, ["app/web"], SIZES.get(kind, {}))
    up = wake_calls(kind, ["app/web"], SIZES.get(kind, {}))

    assert [each.service for each in down] == [each.service for each in up]
    assert down != up


def test_bounds_come_before_the_count() -> None:
    """A minimum that still holds would bring the tasks back at once."""
    first, second = sleep_calls(WorkloadKind.SERVICE, ["app/web"], SIZES[WorkloadKind.SERVICE])

    assert (first.operation, first.parameters["ResourceId"]) == ("register_scalable_target", "service/app/web")
    assert (first.parameters["MinCapacity"], first.parameters["MaxCapacity"]) == (0, 0)
    assert second.parameters == {"cluster": "app", "service": "web", "desiredCount": 0}


def test_a_service_that_does_not_scale_has_no_bounds() -> None:
    """RegisterScalableTarget would make it scale."""
    assert len(sleep_calls(WorkloadKind.SERVICE, ["app/web"], {"desired": 3})) == 1
    assert bound_calls("app/web", {"desired": 3}) == ()


def test_instances_and_alarms_go_together() -> None:
    """One call for many."""
    [call] = sleep_calls(WorkloadKind.INSTANCE, ["i-1", "i-2"], {})

    assert call.parameters == {"InstanceIds": ["i-1", "i-2"]}
