"""The tags that say where a workload belongs."""

from opsplane.schedules.estate.tags import is_in, target_groups


def test_an_environment_is_the_value_of_its_tag() -> None:
    """As it is written."""
    assert is_in({"Environment": "dev"}, "dev")
    assert not is_in({"environment": "dev"}, "dev")
    assert not is_in({}, "dev")


def test_a_target_group_is_called_as_alarms_call_it() -> None:
    """The last part of its ARN."""
    arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/0123456789abcdef"

    assert target_groups([arn, ""]) == ("targetgroup/web/0123456789abcdef",)
