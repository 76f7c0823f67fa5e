"""One look after another brings an environment to the state that its schedule wants."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from opsplane.errors import AccessDenied, Refused, UnknownRecord
from opsplane.schedules import book
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.reconcile import imagined, reconcile, status_of
from opsplane.schedules.schedule import clock_time
from opsplane.schedules.schedule_file import understand
from opsplane.schedules.wanted import next_edge, relevant, wanted
from sleeping_cloud import whole

from .conftest import Night

EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)


class World(Night):
    """An environment and its scheduler, which looks until nothing moves any more."""

    def go(self, at: datetime, passes: int = 8) -> None:
        """Look until nothing moves any more."""
        self.deployment.clock.at = at
        for _ in range(passes):
            reconcile("dev", self.desk)


@pytest.fixture
def world() -> World:
    """A whole environment at noon, looked at once."""
    made = World(whole())
    made.go(NOON, 1)
    return made


def test_dev_sleeps_in_the_evening_and_is_in_the_morning_what_it_was(world: World) -> None:
    """RDS, Aurora, ECS with its bounds, Auto Scaling groups, instances and alarms."""
    before = world.cloud.picture()

    world.go(EVENING)
    asleep = world.cloud.picture()
    world.go(EVENING + timedelta(hours=12, minutes=1))

    assert asleep["services"] == {"web": 0, "worker": 0}
    assert (asleep["bounds"], asleep["groups"]) == ({"service/app/web": (0, 0)}, {"batch": (0, 0, 0)})
    assert (asleep["databases"], asleep["clusters"]) == ({"orders": "stopped"}, {"events": "stopped"})
    assert asleep["alarms"] == {**dict.fromkeys(before["alarms"], False), "elsewhere": True}
    assert world.cloud.picture() == before


def test_the_app_sleeps_before_its_databases_and_wakes_after_them(world: World) -> None:
    """Read off the calls, in the order in which AWS got them."""
    world.go(EVENING)
    down, world.cloud.calls = world.cloud.calls, []
    world.go(EVENING + timedelta(hours=12, minutes=1))
    up = world.cloud.calls

    assert down.index("disable_alarm_actions") < down.index("update_service") < down.index("stop_db_instance")
    assert up.index("start_db_instance") < up.index("update_service") < up.index("register_scalable_target") + 2
    assert up[-1] == "enable_alarm_actions"


def test_a_database_that_is_not_available_yet_holds_up_the_app(world: World) -> None:
    """The gate is RDS's own word, asked for anew by each look."""
    world.go(EVENING)
    world.cloud.slow = True
    world.go(EVENING + timedelta(hours=12, minutes=1))
    waiting = world.cloud.picture()
    world.cloud.settle()
    world.go(EVENING + timedelta(hours=12, minutes=6), 1)

    assert (waiting["databases"], waiting["services"]) == ({"orders": "starting"}, {"web": 0, "worker": 0})
    assert world.cloud.picture()["services"] == {"web": 3, "worker": 1}


def test_a_quiet_environment_costs_no_call(world: World) -> None:
    """Between its edges nothing is asked about it but the ledger."""
    world.go(NOON, 2)
    world.cloud.asked.clear()
    world.deployment.clock.at = NOON + timedelta(minutes=55)

    assert reconcile("dev", world.desk, forced=False).state == "quiet"
    assert world.cloud.asked == []


def test_a_quiet_environment_is_looked_at_every_hour(world: World) -> None:
    """An event may have been missed, and a tag may be new."""
    world.deployment.clock.at = NOON + timedelta(minutes=61)

    assert reconcile("dev", world.desk, forced=False).state == "running"


def test_a_new_exception_ends_the_quiet(world: World) -> None:
    """Whether its announcement arrived or not."""
    end = NOON + timedelta(hours=2)
    book.add_override("dev", OverrideKind.KEEP_OFF, "ada", "fire drill", world.desk, end=end)

    assert reconcile("dev", world.desk, forced=False).state == "stopped"


def test_whoever_comes_meanwhile_has_the_first_one_look_again(world: World) -> None:
    """Two looks at the same time would make every call twice."""
    inner: list[str] = []

    def another(_: Any) -> None:
        world.cloud.before = None
        inner.append(reconcile("dev", world.desk).state)

    world.cloud.before = another
    world.go(EVENING, 1)

    assert inner == ["busy"]
    assert world.cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_burst_of_events_asks_once(world: World) -> None:
    """Each write of the head is a conflict for whoever has the environment in hand.

    Taken, the new phase noted, asked, left at the second try, and a second look: taken and left.
    """

    def many(_: Any) -> None:
        world.cloud.before = None
        for _ in range(50):
            reconcile("dev", world.desk)

    world.cloud.before = many
    world.store.asked.clear()
    world.go(EVENING, 1)

    assert world.store.asked.count("put_head") == 7
    assert world.cloud.picture()["databases"] == {"orders": "stopped"}


def test_a_look_that_died_holds_nobody_up_for_long(world: World) -> None:
    """Its lease ends by itself."""
    head = world.store.heads["dev"]
    busy = head.model_copy(update={"busy_until": EVENING + timedelta(seconds=75), "version": head.version + 1})
    world.store.put_head(busy)

    world.go(EVENING, 1)
    held = world.cloud.calls[:]
    world.go(EVENING + timedelta(minutes=5))

    assert (held, world.cloud.picture()["databases"]) == ([], {"orders": "stopped"})


def test_an_environment_that_no_schedule_knows_is_refused_with_those_that_are(world: World) -> None:
    """A typing error says what there is."""
    with pytest.raises(UnknownRecord, match="'qa'.*dev, staging, prod"):
        reconcile("qa", world.desk)


def test_a_missing_right_lets_go_of_the_environment(world: World) -> None:
    """The next sweep looks again at once."""
    world.cloud.fault = AccessDenied("rds describe_db_instances: AccessDenied")
    with pytest.raises(AccessDenied):
        world.go(EVENING, 1)
    world.cloud.fault = None

    assert reconcile("dev", world.desk, forced=False).state == "stopped"


def test_a_dry_run_tells_the_money_and_changes_nothing(world: World) -> None:
    """Ten hours of what is priced."""
    end = NOON + timedelta(hours=10)
    found = imagined("dev", OverrideKind.KEEP_OFF, end, world.desk, world.store.read())

    assert (len(found.stops), found.unpriced, world.cloud.calls) == (6, ("aurora:events",), [])
    assert found.usd == pytest.approx(found.hours * (4 * 0.0123425 + 3 * 0.0104 + 0.018), abs=0.01)  # type: ignore[operator]


def test_status_tells_what_is_on_record_and_what_comes_next(world: World) -> None:
    """In the middle of the way down."""
    world.cloud.slow = True
    world.go(EVENING, 1)
    found = {each["key"]: each for each in status_of("dev", world.desk, world.store.read())}

    assert (found["ecs:app/web"]["record"], found["ecs:app/web"]["saved"]["desired"]) == ("asleep", 3)
    assert found["rds:orders"]["next"].startswith("wait: it sleeps after")


def test_observing_tells_each_edge_once_and_changes_nothing(world: World) -> None:
    """And whoever then enforces finds an environment that was never asleep, so that it sleeps at once."""
    document = {
        "version": 1,
        "schedules": {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}},
        "environments": {"dev": {"schedule": "office", "mode": "observe"}},
    }
    book.push(understand(document, "test"), "", "ada", "test", world.desk)
    world.go(EVENING)
    observed = world.cloud.calls[:]
    document["environments"] = {"dev": {"schedule": "office", "mode": "enforce"}}
    book.push(understand(document, "test"), "", "ada", "test", world.desk)
    world.go(EVENING + timedelta(minutes=30))

    assert (observed, world.cloud.picture()["databases"]) == ([], {"orders": "stopped"})
    assert [each[:26] for each in world.deployment.notices] == [
        "observe: dev goes to sleep",
        "dev goes to sleep until We",
    ]


# --- plan and reconcile agree ---

ZONES = ("America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "Europe/Berlin", "UTC")
QUARTERS = some.integers(0, 95)
START = datetime(2026, 3, 6, tzinfo=UTC)


@some.composite
def periods(draw: some.DrawFn) -> dict[str, Any]:
    """One period, over midnight or not."""
    start, end = draw(some.lists(QUARTERS, min_size=2, max_size=2, unique=True))
    days = draw(some.sets(some.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1))
    return {"days": sorted(days), "start": clock_time(start * 15), "end": clock_time(end * 15)}


@some.composite
def files(draw: some.DrawFn) -> dict[str, Any]:
    """A file with one schedule, which dev follows."""
    schedule = {
        "zone": draw(some.sampled_from(ZONES)),
        "periods": draw(some.lists(periods(), min_size=1, max_size=3)),
        "maintenance": draw(some.lists(periods(), max_size=1)),
        "holidays": ["off"],
        "only": draw(some.sampled_from([None, None, "stop", "start"])),
        "out_of_hours": draw(some.sampled_from(["keep", "stop"])),
    }
    offsets = draw(some.sets(some.integers(0, 9), max_size=2))
    holidays = [(date(2026, 3, 6) + timedelta(days=each)).isoformat() for each in offsets]
    return {
        "version": 1,
        "calendars": {"off": holidays},
        "schedules": {"own": schedule},
        "environments": {"dev": {"schedule": "own"}},
    }


EXCEPTIONS = some.lists(
    some.tuples(some.sampled_from(["keep-on", "keep-off", "hold"]), some.integers(0, 200), some.integers(1, 30)),
    max_size=3,
)


@given(files(), EXCEPTIONS, some.lists(some.integers(0, 220 * 60), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_there_is_no_instant_at_which_plan_and_reconcile_disagree(
    file: dict[str, Any], exceptions: list[tuple[str, int, int]], minutes: list[int]
) -> None:
    """Whatever the schedule, the exceptions and the moments: what should run runs, what should sleep sleeps."""
    world = World()
    world.cloud.add_service("web", 3, (2, 6))
    world.cloud.add_database("orders")
    world.deployment.clock.at = START
    book.push(understand(file, "test"), "", "ada", "test", world.desk)
    for kind, hour, hours in exceptions:
        start = START + timedelta(hours=hour)
        try:
            end = start + timedelta(hours=hours)
            book.add_override("dev", OverrideKind(kind), "ada", "test", world.desk, start=start, end=end)
        except Refused:
            # It lies over another one.
            continue
    before = world.cloud.picture()
    for minute in sorted(minutes):
        at = START + timedelta(minutes=minute)
        earlier = world.cloud.picture()
        world.go(at)
        kept = world.store.read()
        timeline = book.in_force(kept, world.desk).timetable.timelines["own"]
        overrides = relevant(kept.overrides("dev"), "dev")
        state = wanted(timeline, overrides, at).state
        now = world.cloud.picture()
        assert now == {"running": before, "any": earlier}.get(state, now)
        if state == "stopped":
            assert (now["services"], now["databases"]) == ({"web": 0}, {"orders": "stopped"})
        edge = next_edge(timeline, overrides, at)
        quiet = world.store.heads["dev"].quiet_until
        assert quiet is not None
        assert edge is None or quiet <= edge
