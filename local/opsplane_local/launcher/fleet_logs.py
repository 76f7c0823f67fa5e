"""The logs of the deployed functions, from CloudWatch Logs of the emulated AWS."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.settings import STACK

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

PREFIX = f"/aws/lambda/{STACK}-"
POLL_SECONDS = 1.0
LOOK_BACK_MS = 10 * 60 * 1000


@dataclass(frozen=True)
class Line:
    """One line of one function. `at` is milliseconds since the epoch."""

    at: int
    function: str
    text: str


class FleetLogs:
    """Reads the log groups of the fleet.

    Raises:
        LauncherError: from each method, when the emulated AWS does not answer.
    """

    def __init__(self, connect: Connect) -> None:
        self._client: CloudWatchLogsClient = connect("logs")
        self._from = 0
        self._seen: set[str] = set()

    def last(self, count: int, now_ms: int) -> list[Line]:
        """The last `count` lines of all functions together, in the order of time; later calls give only later ones."""
        lines = self._since(0)
        self._from = max(0, max((line.at for line in lines), default=now_ms) - LOOK_BACK_MS)
        return lines[-count:] if count else []

    def follow(self, wait: Callable[[float], None] = time.sleep) -> Iterator[Line]:
        """Each new line, for ever."""
        while True:
            yield from self._since(self._from)
            wait(POLL_SECONDS)

    def _since(self, start: int) -> list[Line]:
        try:
            lines = [line for group in self._groups() for line in self._read(group, start)]
        except (BotoCoreError, ClientError) as error:
            message = f"The fleet's logs cannot be read: {error}"
            raise LauncherError(message, advice="Is the platform up? See `opsplane status`.") from error
        return sorted(lines, key=lambda line: line.at)

    def _groups(self) -> list[str]:
        pages = self._client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=PREFIX)
        return [group["logGroupName"] for page in pages for group in page["logGroups"]]

    def _read(self, group: str, start: int) -> Iterator[Line]:
        pages = self._client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=start)
        for page in pages:
            for event in page["events"]:
                identity = f"{group}:{event.get('eventId')}:{event.get('timestamp')}:{event.get('message')}"
                if identity not in self._seen:
                    self._seen.add(identity)
                    yield Line(event["timestamp"], group.removeprefix(PREFIX), event["message"].rstrip("\n"))
