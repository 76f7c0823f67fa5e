"""Custodian's off-hours filters on many resources: `python offhours.py RUNS`; tags as JSON on standard input.

Prints the CPU milliseconds of each run, and how many resources matched.
"""

import datetime as dt
import json
import sys
import time
import zoneinfo

from c7n.filters.offhours import OffHour, OnHour

COUNT = 10_000
AT = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)


class Clock(dt.datetime):
    """The instant that is asked about."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> "Clock":
        """That instant, on a clock."""
        return cls.fromtimestamp(AT.timestamp(), tz or zoneinfo.ZoneInfo("UTC"))


def main() -> None:
    """Run both filters over all resources, as a policy that stops and one that starts do."""
    tags = json.load(sys.stdin)
    dt.datetime = Clock  # type: ignore[misc]
    data = {"default_tz": "utc", "tag": "schedule"}
    times, matched = [], 0
    for _ in range(int(sys.argv[1])):
        resources = [
            {"InstanceId": f"i-{number}", "Tags": [{"Key": "schedule", "Value": tags[number % len(tags)]}]}
            for number in range(COUNT)
        ]
        filters = [OffHour({"type": "offhour", "offhour": 20, **data}), OnHour({"type": "onhour", "onhour": 8, **data})]
        began = time.process_time()
        matched = sum(len(each.process(resources)) for each in filters)
        times.append(1000 * (time.process_time() - began))
    json.dump({"ms": times, "matched": matched}, sys.stdout)


if __name__ == "__main__":
    main()
