"""Each gap of ministack 1.5.33: that it is there, and that we fill it.

When the first half of a test fails, ministack has grown the feature: delete the gap's file and its test.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from opsplane_local.emulators.ministack_gaps import GAPS

pytestmark = pytest.mark.integration

PROBE = Path(__file__).with_name("gap_probe.py")

LACKING: dict[str, dict[str, Any]] = {
    "archive_resources": {"deployed": False},
    "asynchronous_delivery": {
        "attempts_of_a_failing_function": 1,
        "attempts_of_a_throttled_function": 1,
        "kept_for_a_missing_function": 0,
    },
    "aws_event_sources": {"from_root": False, "from_role": False},
    "bus_policies": {"deployed": False, "taken_back": False},
    "evaluated_resources": {"group": False, "rule": False, "targets": False, "topic": False},
    "policy_versions": {"default": "v2"},
    "empty_secrets": {"versions": 1, "versions_once_filled": 2},
    "fleet_alarms": {
        "full": "INSUFFICIENT_DATA",
        "empty": "INSUFFICIENT_DATA",
        "failing": "INSUFFICIENT_DATA",
        "rung": 0,
    },
    "function_properties": {"ceiling": False, "dead_letters": False},
    "loopback_transport": {"secure": "false"},
    "one_time_schedules": {"fired": 1, "fired_after_restart": 1},
    "saved_queries": {"kept": False, "found_by_prefix": False, "restored": False, "deleted": False},
    "schedule_resources": {"zone": False},
    "schedule_zones": {"fired": False, "fired_again": False, "attributes": False, "seconds_between_looks": 10},
    "table_properties": {"time_to_live": False, "recovery": False},
    "vault_locks": {"locked": [False, None, None], "unlocked": [False, None, None]},
}
FILLED: dict[str, dict[str, Any]] = {
    "archive_resources": {"deployed": True},
    "asynchronous_delivery": {
        "attempts_of_a_failing_function": 3,
        "attempts_of_a_throttled_function": 3,
        "kept_for_a_missing_function": 1,
    },
    "aws_event_sources": {"from_root": True, "from_role": False},
    "bus_policies": {"deployed": True, "taken_back": True},
    "evaluated_resources": {"group": True, "rule": True, "targets": True, "topic": True},
    "policy_versions": {"default": "v1"},
    "empty_secrets": {"versions": 0, "versions_once_filled": 1},
    "fleet_alarms": {"full": "ALARM", "empty": "OK", "failing": "ALARM", "rung": 2},
    "function_properties": {"ceiling": True, "dead_letters": True},
    "loopback_transport": {"secure": "true"},
    "one_time_schedules": {"fired": 1, "fired_after_restart": 0},
    "saved_queries": {"kept": True, "found_by_prefix": True, "restored": True, "deleted": True},
    "schedule_resources": {"zone": True},
    "schedule_zones": {"fired": True, "fired_again": False, "attributes": True, "seconds_between_looks": 1},
    "table_properties": {"time_to_live": True, "recovery": True},
    "vault_locks": {"locked": [True, 7, 365], "unlocked": [False, None, None]},
}


def look(emulator_venv: Path, mode: str) -> dict[str, dict[str, Any]]:
    """Return what the probe sees of each gap with ministack as it is (`plain`) or with all gaps `filled`."""
    python = emulator_venv / "bin" / "python"
    done = subprocess.run([python, PROBE, mode], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return seen


@pytest.fixture(scope="module")
def plain(emulator_venv: Path) -> dict[str, dict[str, Any]]:
    """Return what ministack does by itself."""
    return look(emulator_venv, "plain")


@pytest.fixture(scope="module")
def filled(emulator_venv: Path) -> dict[str, dict[str, Any]]:
    """Return what ministack does with our gaps filled."""
    return look(emulator_venv, "filled")


@pytest.mark.parametrize("gap", sorted(GAPS))
def test_ministack_still_lacks_what_we_fill(plain: dict[str, dict[str, Any]], gap: str) -> None:
    """A gap that has closed by itself needs no filling."""
    assert LACKING[gap] == plain[gap], f"ministack has grown {gap}: delete that gap"


@pytest.mark.parametrize("gap", sorted(GAPS))
def test_gap_is_filled(filled: dict[str, dict[str, Any]], gap: str) -> None:
    """With the gap filled ministack does as AWS does."""
    assert FILLED[gap] == filled[gap]
