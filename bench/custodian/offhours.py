"""Custodian's off-hours filters on many resources; run by its own interpreter.

The first line of standard input says the instant and the tags, as JSON. For each further line it runs all filters twice
and prints the CPU milliseconds of both, and how many resources matched.
"""

import datetime as dt
import json
import logging
import sys
import time
from types import SimpleNamespace
from typing import Any

from c7n.filters import offhours
from c7n.filters.offhours import OffHour, OnHour, Time

type Resources = list[dict[str, Any]]
type Pairs = list[tuple[Time, Resources]]


class Loud(logging.Handler):
    """Custodian logs what it cannot read and goes on; here it fails."""

    def emit(self, record: logging.LogRecord) -> None:
        """Fail."""
        raise RuntimeError(record.getMessage())


def main() -> None:
    """Answer line by line."""
    asked = json.loads(sys.stdin.readline())
    logging.getLogger().addHandler(Loud(logging.WARNING))
    _stop_the_clock(dt.datetime.fromisoformat(asked["at"]))
    policies = [(_resources(each["tags"]), each["skip"]) for each in asked["policies"]]
    for _ in sys.stdin:
        pairs = [pair for resources, skip in policies for pair in _filters(resources, skip)]
        cold, _ = _timed(pairs)
        prebuilt, found = _timed(pairs)
        sys.stdout.write(json.dumps({"cold": cold, "prebuilt": prebuilt, "found": found}) + "\n")
        sys.stdout.flush()


def _timed(pairs: Pairs) -> tuple[float, int]:
    began = time.process_time()
    found = sum(len(each.process(resources)) for each, resources in pairs)
    return 1000 * (time.process_time() - began), found


def _filters(resources: Resources, skip: list[str]) -> Pairs:
    """Those of a policy that stops and of one that starts, with nothing parsed yet."""
    data = {"default_tz": "utc", "tag": "schedule", "skip-days": skip}
    return [
        (OffHour({"type": "offhour", "offhour": 20, **data}), resources),
        (OnHour({"type": "onhour", "onhour": 8, **data}), resources),
    ]


def _resources(tags: list[str]) -> Resources:
    return [
        {"InstanceId": f"i-{number}", "Tags": [{"Key": "schedule", "Value": tag}]} for number, tag in enumerate(tags)
    ]


def _stop_the_clock(at: dt.datetime) -> None:
    """For the filters alone, and no dearer than the real clock."""
    offhours.datetime = SimpleNamespace(datetime=SimpleNamespace(now=at.astimezone))


if __name__ == "__main__":
    main()
