"""A schedule file."""

from typing import Any

import pytest
from opsplane.errors import InvalidSchedule
from opsplane.schedules.schedule_file import understand

OFFICE = {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}
FILE: dict[str, Any] = {"version": 1, "schedules": {"office": OFFICE}, "environments": {"dev": {"schedule": "office"}}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"environments": {"dev": {"schedule": "ofice"}}}, "dev follows 'ofice'; the schedules are office"),
        ({"schedules": {"office": {**OFFICE, "holidays": ["uk"]}}}, "holidays of 'uk', and there is no such calendar"),
        ({"schedules": {"Office Hours": OFFICE}}, r"schedules.Office Hours: String should match"),
        ({"version": 2}, "version: Input should be 1"),
        ({"zone": "EST5"}, "zone: 'EST5' is no time zone"),
        ({"calendars": {"uk": ["2026-02-30"]}}, "calendars.uk.0"),
        (
            {"environments": {"dev": {"schedule": "office", "cache": "scale"}}},
            "cache: scale and cache_node_type belong",
        ),
        ({"environments": {"dev": {"schedule": "office", "cache": "delete"}}}, "'leave' or 'scale'"),
        ({"environments": {"dev": {"schedule": "office", "limit": 0}}}, "environments.dev.limit"),
        ({"environments": {"Dev": {"schedule": "office"}}}, "environments.Dev: String should match"),
        ({"schedulez": {}}, "schedulez: Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(change: dict[str, Any], message: str) -> None:
    """All faults in one message, that begins with the file."""
    with pytest.raises(InvalidSchedule, match=f"mine.yaml is no schedule file: .*{message}"):
        understand({**FILE, **change}, "mine.yaml")


@pytest.mark.parametrize("document", [None, [], "text", 7, {}])
def test_a_document_of_another_shape_is_refused(document: object) -> None:
    """An empty file, for one."""
    with pytest.raises(InvalidSchedule, match=r"mine.yaml is no schedule file"):
        understand(document, "mine.yaml")
