"""Makes the moves: record first, then call."""

from datetime import UTC, datetime, timedelta

from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.playbooks.plan import Call
from opsplane.schedules.carry import BUDGET, Carrier
from opsplane.schedules.decide import Move, Verb
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.workload import Running, Workload, WorkloadKind
from sleeping_cloud import SleepingCloud

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
WEB = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, size={"desired": 3}, hourly=0.04)


def carrier(cloud: SleepingCloud, store: MemoryScheduleStore, clock: datetime = NOW) -> Carrier:
    """Makes the moves of one pass."""
    return Carrier("dev", cloud, store, NOW, {WEB.key: "office@1"}, lambda: clock)


def test_what_is_meant_is_on_record_before_the_first_call() -> None:
    """Size, price and phase."""
    cloud, store, seen = SleepingCloud(), MemoryScheduleStore(), list[Sleep]()
    cloud.add_service("web", 3)
    cloud.before = lambda _: seen.extend(store.sleeps("dev"))

    carrier(cloud, store).sleep([Move(Verb.SLEEP, WEB)])

    [kept] = seen
    assert (kept.saved, kept.hourly, kept.phase, kept.reached_at) == ({"desired": 3}, 0.04, "office@1", None)


def test_a_size_that_is_on_record_is_never_written_over() -> None:
    """The second pass sees the service half way down."""
    cloud, store = SleepingCloud(), MemoryScheduleStore()
    cloud.add_service("web", 3)
    carrier(cloud, store).sleep([Move(Verb.SLEEP, WEB)])
    zero = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, size={"desired": 0})

    carrier(cloud, store).sleep([Move(Verb.SLEEP, zero)])

    assert [each.saved for each in store.sleeps("dev")] == [{"desired": 3}]


def test_a_second_night_keeps_the_first_ones_size() -> None:
    """A person had started it smaller; and the time that it ran is not counted as sleep."""
    cloud, store = SleepingCloud(), MemoryScheduleStore()
    cloud.add_service("web", 1)
    first = Sleep(environment="dev", key=WEB.key, saved={"desired": 3}, began_at=NOW, reached_at=NOW)
    store.put_sleep(first)
    smaller = Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING, size={"desired": 1})

    carrier(cloud, store).sleep([Move(Verb.AGAIN, smaller, first, "started by alice")])

    [going] = store.sleeps("dev")
    assert (going.saved, going.reached_at) == ({"desired": 3}, None)
    assert [(each.ended_at, each.ending) for each in store.over] == [(NOW, "started by alice")]


def test_what_somebody_else_is_at_is_left_to_them() -> None:
    """The record's condition decides, and no call is made."""
    cloud, store = SleepingCloud(), MemoryScheduleStore()
    stored = Sleep(environment="dev", key=WEB.key, saved={"desired": 3}, began_at=NOW, reached_at=NOW)
    store.put_sleep(stored)
    store.put_sleep(stored.changed(waking_at=NOW))

    carrier(cloud, store).wake([Move(Verb.WAKE, WEB, stored)])

    assert cloud.calls == []


def test_a_pass_that_has_run_long_leaves_the_rest_to_the_next_one() -> None:
    """Rather than be cut off by the function's time-out."""
    cloud, store = SleepingCloud(), MemoryScheduleStore()
    cloud.add_service("web", 3)
    late = carrier(cloud, store, NOW + BUDGET + timedelta(seconds=1))

    late.sleep([Move(Verb.SLEEP, WEB)])

    assert (cloud.calls, late.acted) == ([], 0)
    assert late.lines == ["ECS service app/web: left to the next pass, this one has run long enough"]


def test_many_instances_are_one_call() -> None:
    """Fifty at most."""
    cloud, store, sizes = SleepingCloud(), MemoryScheduleStore(), list[int]()
    instances = [Workload(WorkloadKind.INSTANCE, f"i-{number}", Running.RUNNING) for number in range(120)]
    for each in instances:
        cloud.add_instance(each.id)

    def count(call: Call) -> None:
        sizes.append(len(call.parameters["InstanceIds"]))

    cloud.before = count
    carrier(cloud, store).sleep([Move(Verb.SLEEP, each) for each in instances])

    assert sizes == [50, 50, 20]
