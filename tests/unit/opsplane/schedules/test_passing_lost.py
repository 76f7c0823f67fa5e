"""What AWS does not show any more: deleted, or without its tag."""

from opsplane.schedules import book
from opsplane.schedules.schedule_file import understand

from .conftest import Night

_OFFICE = {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}


def test_what_vanishes_while_asleep_is_told_and_holds_up_nobody(night: Night) -> None:
    """Somebody deleted it."""
    night.look(0)
    del night.cloud.databases["orders"]
    del night.cloud.services["worker"]
    night.look(12.1)

    assert night.cloud.picture()["services"] == {"web": 3}
    assert len(night.told("was on record as asleep, and it is gone")) == 2
    assert night.store.lasting == {}


def test_what_lost_its_tag_while_asleep_is_woken_all_the_same(night: Night) -> None:
    """Nobody else would."""
    night.look(0)
    night.cloud.databases["orders"]["TagList"] = []
    night.look(12.1)

    assert night.cloud.picture()["databases"] == {"orders": "available"}
    assert night.store.lasting == {}


def test_what_lost_its_tag_and_runs_already_holds_up_nobody(night: Night) -> None:
    """RDS refuses to start what is not stopped: somebody did, or a pass died after its call."""
    night.look(0)
    night.cloud.databases["orders"].update(TagList=[], DBInstanceStatus="available")
    night.cloud.clusters["events"].update(TagList=[], Status="available")
    night.look(12.1)

    assert night.cloud.picture()["services"] == {"web": 3, "worker": 1}
    assert len(night.told("it was put back")) == 2
    assert night.told("does not wake") == []
    assert night.store.lasting == {}


def test_a_lost_database_that_is_still_stopping_is_waited_for(night: Night) -> None:
    """And started when it has stopped."""
    night.look(0)
    night.cloud.databases["orders"].update(TagList=[], DBInstanceStatus="stopping")
    night.cloud.slow = True
    night.look(12.1, passes=1)
    asked = night.cloud.calls.count("start_db_instance")
    night.cloud.slow = False
    night.cloud.settle()
    night.look()

    assert asked == 0
    assert night.cloud.picture()["databases"] == {"orders": "available"}
    assert night.store.lasting == {}


def test_what_lost_its_tag_sleeps_on_at_night(night: Night) -> None:
    """It is woken with the others."""
    night.look(0)
    night.cloud.databases["orders"]["TagList"] = []
    night.look(2)

    assert night.cloud.picture()["databases"] == {"orders": "stopped"}
    assert night.told("orders") == []


def test_alarms_of_what_lost_its_tag_ring_again_though_something_else_sleeps_by_day(night: Night) -> None:
    """A parked workload must not keep the alarms of others silent."""
    schedules = {"parked": {"always": "stopped"}, "office": _OFFICE}
    document = {"version": 1, "schedules": schedules, "environments": {"dev": {"schedule": "office"}}}
    book.push(understand(document, "test"), "", "ada", "test", night.desk)
    night.cloud.add_database("parked", tags={"Schedule": "parked"})
    night.look(0)
    night.cloud.databases["orders"]["TagList"] = []
    night.look(12.1)

    after = night.cloud.picture()
    assert after["databases"] == {"orders": "available", "parked": "stopped"}
    assert (after["alarms"]["orders-cpu"], after["alarms"]["everything"]) == (True, True)
