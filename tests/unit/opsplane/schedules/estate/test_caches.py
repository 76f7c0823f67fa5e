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


def test_a_group_that_would_cost_more_at_night_is_left() -> None:
    """Its type is cheaper than the small one already."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions", "cache.t4g.micro")
    [(found, _)] = read(cloud, "dev", "cache.t4g.small")

    assert found.hindrance == "cache.t4g.small is no cheaper than its cache.t4g.micro"


def test_a_group_is_as_dear_as_its_nodes_and_cheaper_with_valkey() -> None:
    """Each of them becomes smaller; alarms name them one by one."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions", "cache.r6g.large")
    cloud.caches["sessions"]["MemberClusters"] = ["sessions-001", "sessions-002"]
    [(redis, _)] = read(cloud, "dev", "cache.t4g.micro")
    cloud.caches["sessions"]["Engine"] = "valkey"
    [(valkey, _)] = read(cloud, "dev", "cache.t4g.micro")

    assert redis.hourly == pytest.approx(2 * (0.206 - 0.016))
    assert valkey.hourly == pytest.approx(0.8 * 2 * (0.206 - 0.016))
    assert redis.targets == ("cache:sessions-001", "cache:sessions-002")


def test_a_type_that_the_table_lacks_saves_nobody_knows_what() -> None:
    """It is scaled all the same."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions", "cache.r9g.large")
    [(found, _)] = read(cloud, "dev", "cache.t4g.micro")

    assert (found.hourly, found.hindrance) == (None, "")
