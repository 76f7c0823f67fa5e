"""What an environment consists of."""

from opsplane.schedules.estate import survey
from opsplane.schedules.schedule_file import Environment
from opsplane.schedules.workload import Tier
from sleeping_cloud import SleepingCloud, whole

DEV = Environment(schedule="office")


def test_everything_with_the_tag_is_found_once_and_in_order() -> None:
    """And nothing of another environment."""
    cloud = whole()
    cloud.add_service("elsewhere", 1, environment="prod")
    cloud.add_database("live", environment="prod")

    found = survey(cloud, "dev", DEV, "Schedule", "opsplane:protected")

    keys = ["asg:batch", "aurora:events", "ec2:i-1", "ec2:i-2", "ecs:app/web", "ecs:app/worker", "rds:orders"]
    assert [each.key for each in found] == keys


def test_tags_say_what_is_protected_which_schedule_holds_and_what_depends_on_what() -> None:
    """A database on an instance, for one."""
    cloud = SleepingCloud()
    cloud.add_instance("i-1", **{"opsplane:tier": "database", "Schedule": " nights "})
    cloud.add_instance("i-2", **{"opsplane:protected": "true", "opsplane:tier": "nonsense"})
    cloud.add_instance("i-3", **{"opsplane:protected": "false"})

    first, second, third = survey(cloud, "dev", DEV, "Schedule", "opsplane:protected")

    assert (first.tier, first.schedule) == (Tier.DATABASE, "nights")
    assert (second.hindrance, second.tier) == ("it carries the tag opsplane:protected", Tier.APP)
    assert third.hindrance == ""


def test_calls_grow_with_clusters_and_tens_of_services_only() -> None:
    """Not with instances, databases or groups."""
    cloud = SleepingCloud()
    for number in range(25):
        cloud.add_service(f"web-{number}", 1)
        cloud.add_instance(f"i-{number}")
        cloud.add_database(f"db-{number}")

    survey(cloud, "dev", DEV, "Schedule", "opsplane:protected")

    calls = [each for each in cloud.asked if each != "describe_task_definition"]
    assert len(calls) == 4 + 2 + 3 + 1
    assert calls.count("describe_services") == 3


def test_caches_are_asked_for_only_where_they_are_scaled() -> None:
    """Each of them costs a call for its tags."""
    cloud = SleepingCloud()
    cloud.add_cache("sessions")
    survey(cloud, "dev", DEV, "Schedule", "x")
    without = list(cloud.asked)
    scaled = Environment(schedule="office", cache="scale", cache_node_type="cache.t4g.micro")

    [found] = survey(cloud, "dev", scaled, "Schedule", "x")

    assert "describe_replication_groups" not in without
    assert found.key == "cache:sessions"
