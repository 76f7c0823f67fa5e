"""What every store of schedules promises, in memory and in DynamoDB."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from opsplane.errors import LedgerConflict
from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.sleep import Head, Phase, Sleep
from opsplane.schedules.store import Exceptions, Kept, Pushed, ScheduleStore
from opsplane.schedules.timeline import Rule, Wish

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


def pushed(version: int, source: str = "x") -> Pushed:
    """A version of a file."""
    return Pushed(version=version, by="ada", reason="x", at=NOW, source=source, document={"version": 1})


def override(name: str = "1f2e") -> Override:
    """An exception."""
    return Override(
        id=name, target="dev", kind=OverrideKind.HOLD, start=NOW, end=NOW + HOUR, by="ada", reason="x", made_at=NOW
    )


def sleep(key: str = "ecs:app/web", environment: str = "dev") -> Sleep:
    """A sleep that begins."""
    return Sleep(environment=environment, key=key, saved={"desired": 3}, hourly=0.04, began_at=NOW)


class SchedulePromises:
    """Tests that a store inherits; the fixture `store` is an empty one."""

    def test_nothing_is_known_at_first(self, store: ScheduleStore) -> None:
        """An empty table."""
        assert store.read() == Kept()
        assert (store.pushes(), store.sleeps("dev"), store.ended("dev", NOW)) == ((), (), ())

    def test_everything_that_a_sweep_needs_comes_in_one_piece(self, store: ScheduleStore) -> None:
        """As it was written, however large."""
        phase = Phase(state=Wish.STOPPED, rule=Rule.SCHEDULE, source="office", since=NOW)
        head = Head(environment="dev", phases={"office": phase}, quiet_until=NOW + HOUR, version=1)
        store.push(pushed(1, "x" * 50_000))
        store.put_exceptions("dev", Exceptions((override(),), 1))
        store.put_head(head)

        kept = store.read()

        assert kept.pushed == pushed(1, "x" * 50_000)
        assert kept.exceptions == {"dev": Exceptions((override(),), 1)}
        assert kept.heads == {"dev": head}

    def test_every_file_is_kept_and_a_version_is_written_once(self, store: ScheduleStore) -> None:
        """Newest first."""
        store.push(pushed(1))
        store.push(pushed(2))

        with pytest.raises(LedgerConflict):
            store.push(pushed(2))
        assert [each.version for each in store.pushes()] == [2, 1]

    def test_whoever_writes_second_is_told(self, store: ScheduleStore) -> None:
        """Heads and exceptions."""
        store.put_head(Head(environment="dev", version=1))
        store.put_exceptions("dev", Exceptions((override(),), 1))

        with pytest.raises(LedgerConflict):
            store.put_head(Head(environment="dev", again=True, version=1))
        with pytest.raises(LedgerConflict):
            store.put_exceptions("dev", Exceptions((override("other"),), 1))
        store.put_head(Head(environment="dev", version=2))
        assert store.read().overrides("dev") == (override(),)

    def test_a_sleep_that_lasts_is_never_written_over(self, store: ScheduleStore) -> None:
        """Its size is the only one there is."""
        store.put_sleep(sleep())

        with pytest.raises(LedgerConflict):
            store.put_sleep(sleep().model_copy(update={"saved": {"desired": 0}}))
        assert [each.saved for each in store.sleeps("dev")] == [{"desired": 3}]

    def test_a_sleep_goes_on_version_by_version(self, store: ScheduleStore) -> None:
        """And only from the one that was read."""
        store.put_sleep(sleep())
        later = sleep().changed(reached_at=NOW)
        store.put_sleep(later)

        with pytest.raises(LedgerConflict):
            store.put_sleep(sleep().changed(error="x"))
        assert store.sleeps("dev") == (later,)

    def test_sleeps_are_those_of_their_environment(self, store: ScheduleStore) -> None:
        """In the order of their keys."""
        for each in (sleep("rds:orders"), sleep("ecs:app/web"), sleep("ecs:app/web", "qa")):
            store.put_sleep(each)

        assert [each.key for each in store.sleeps("dev")] == ["ecs:app/web", "rds:orders"]

    def test_an_ended_sleep_lasts_no_more_and_is_kept(self, store: ScheduleStore) -> None:
        """Another one may begin."""
        store.put_sleep(sleep())
        over = sleep().changed(ended_at=NOW + HOUR, ending="awake")
        store.end_sleep(over)
        store.put_sleep(sleep())

        assert store.ended("dev", NOW) == (over,)
        assert store.sleeps("dev") == (sleep(),)

    def test_the_end_of_a_sleep_and_the_next_one_are_one_write(self, store: ScheduleStore) -> None:
        """All or nothing: whoever read an older version changes neither."""
        store.put_sleep(sleep())
        over = sleep().changed(ended_at=NOW + HOUR, ending="started by alice")
        then = sleep().model_copy(update={"began_at": NOW + HOUR, "version": over.version + 1})
        store.end_sleep(over, then)

        with pytest.raises(LedgerConflict):
            store.end_sleep(over.model_copy(update={"ended_at": NOW + 2 * HOUR}), then)
        with pytest.raises(LedgerConflict):
            store.end_sleep(over.model_copy(update={"ended_at": NOW + 2 * HOUR}))
        assert store.sleeps("dev") == (then,)
        assert store.ended("dev", NOW) == (over,)

    def test_ended_sleeps_come_in_order_from_a_moment_on(self, store: ScheduleStore) -> None:
        """A month begins somewhere."""
        for number, key in enumerate(("rds:b", "rds:a", "rds:c")):
            store.put_sleep(sleep(key))
            store.end_sleep(sleep(key).changed(ended_at=NOW + number * HOUR))

        assert [each.key for each in store.ended("dev", NOW + HOUR)] == ["rds:a", "rds:c"]

    def test_a_moment_is_the_same_on_every_clock(self, store: ScheduleStore) -> None:
        """Somebody in Kolkata asks for what ended since a moment of their own clock."""
        store.put_sleep(sleep())
        over = sleep().changed(ended_at=NOW)
        store.end_sleep(over)
        local = NOW.astimezone(ZoneInfo("Asia/Kolkata"))

        assert store.ended("dev", local) == (over,)
        assert store.ended("dev", local + timedelta(seconds=1)) == ()

    def test_what_does_not_last_cannot_end(self, store: ScheduleStore) -> None:
        """It ended already, or never began; nothing is written."""
        with pytest.raises(LedgerConflict):
            store.end_sleep(sleep().changed(ended_at=NOW), sleep().model_copy(update={"version": 3}))

        assert (store.sleeps("dev"), store.ended("dev", NOW)) == ((), ())

    def test_environments_are_written_apart(self, store: ScheduleStore) -> None:
        """A conflict in one says nothing of another."""
        store.put_head(Head(environment="dev", version=1))
        store.put_head(Head(environment="qa", version=1))
        store.put_exceptions("dev", Exceptions((override(),), 1))
        store.put_exceptions("qa", Exceptions((), 1))
        store.put_sleep(sleep(environment="qa"))
        store.end_sleep(sleep(environment="qa").changed(ended_at=NOW))

        assert set(store.read().heads) == {"dev", "qa"}
        assert store.read().overrides("qa") == ()
        assert store.ended("dev", NOW) == ()
