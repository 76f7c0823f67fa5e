"""ElastiCache replication groups."""

import pytest
from opsplane.schedules.estate.caches import read
from opsplane.schedules.workload import Running
from sleeping_cloud import SleepingCloud


def test_a_group_of_the_small_type_counts_as_stopped() -> None:
    """It cannot be less."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions", "cache.t3.medium")
    cloud.add_cache("elsewhere", environment="prod")
    [(large, _)] = read(cloud, "dev", "cache.t4g.micro")
    cloud.caches["sessions"]["CacheNodeType"] = "cache.t4g.micro"
    [(small, _)] = read(cloud, "dev", "cache.t4g.micro")

    assert (large.running, large.size["node_type"]) == (Running.RUNNING, "cache.t3.medium")
    assert small.running is Running.STOPPED
    assert large.hourly == pytest.approx(0.068 - 0.016)


def test_a_group_that_is_being_changed_is_busy() -> None:
    """ElastiCache takes one change at a time."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions")
    cloud.caches["sessions"]["Status"] = "modifying"
    [(found, _)] = read(cloud, "dev", "cache.t4g.micro")

    assert (found.busy, found.ready) == ("it is modifying", False)
