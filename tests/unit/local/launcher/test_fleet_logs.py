"""The functions' logs, together and in the order of time."""

import itertools
import time

import boto3
import pytest
from moto import mock_aws
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.fleet_logs import FleetLogs

pytestmark = pytest.mark.integration

NOW = int(time.time() * 1000)


def write(function: str, *events: tuple[int, str]) -> None:
    """Lines of a function, each with the seconds since now."""
    logs = boto3.client("logs")
    group = f"/aws/lambda/opsplane-dev-{function}"
    if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName="s")
    entries = [{"timestamp": NOW + seconds * 1000, "message": f"{text}\n"} for seconds, text in events]
    logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=entries)


@mock_aws
def test_lines_of_all_functions_come_in_order() -> None:
    """The last ones, with the function's short name."""
    write("remediator", (-30, "one"), (-10, "three"))
    write("notifier", (-20, "two"))

    lines = FleetLogs(boto3.client).last(2, NOW)

    assert [(line.function, line.text) for line in lines] == [("notifier", "two"), ("remediator", "three")]


@mock_aws
def test_following_gives_each_new_line_once() -> None:
    """Also one with the time of a line that was shown already."""
    write("remediator", (-10, "shown"))
    logs = FleetLogs(boto3.client)
    logs.last(10, NOW)
    write("remediator", (-10, "same moment"), (-5, "later"))
    write("notifier", (-1, "new function"))

    followed = list(itertools.islice(logs.follow(wait=lambda _seconds: None), 3))

    assert [line.text for line in followed] == ["same moment", "later", "new function"]


def test_a_platform_that_does_not_answer_is_said() -> None:
    """With what to look at."""

    class Silent:
        def get_paginator(self, _name: str) -> object:
            from botocore.exceptions import EndpointConnectionError  # noqa: PLC0415 - once

            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    with pytest.raises(LauncherError, match="cannot be read"):
        FleetLogs(lambda _service: Silent()).last(1, NOW)
