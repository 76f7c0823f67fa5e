"""Which schedules are in force."""

from pathlib import Path
from typing import Any

import pytest

FILE = """# ours
version: 1
schedules:
  office: { periods: [{ days: mon-fri, start: "08:00", end: "20:00" }] }
environments:
  qa: { schedule: office, mode: observe }
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A schedule file."""
    path = tmp_path / "mine.yaml"
    path.write_text(FILE)
    return str(path)


def test_a_file_is_checked_without_an_account(terminal: Any, file: str) -> None:
    """What is in it, in numbers and in a line for each environment."""
    told = terminal.run("schedule", "check", file)

    assert "1 schedule, 1 environment, 0 calendars" in " ".join(told.stdout.split())
    assert "qa follows office, mode observe" in told.stdout
    assert terminal.document("schedule", "check", file)["environment"] == 1
    assert terminal.environments == []


def test_a_wrong_file_is_no_file(terminal: Any, tmp_path: Path) -> None:
    """Each fault with its place, and exit code 2."""
    path = tmp_path / "wrong.yaml"
    path.write_text(FILE.replace("schedule: office", "schedule: ofice").replace("mon-fri", "mon-fry"))

    ended = terminal.run("schedule", "check", str(path))

    assert ended.exit_code == 2
    assert "'fry' is no day" in ended.stderr


def test_what_is_pushed_is_pulled_as_it_was_written(terminal: Any, file: str) -> None:
    """With its comments, and who put it there."""
    pushed = terminal.run("schedule", "push", file, "--reason", "we sleep too", "--yes")
    pulled = terminal.run("schedule", "pull")

    assert "schedules version 1 of ada are in force" in pushed.stdout
    assert pulled.stdout == FILE
    assert "version 1" in pulled.stderr
    assert "ada: we sleep too" in pulled.stderr
    assert [each["by"] for each in terminal.document("schedule", "pull")["versions"]] == ["ada"]


def test_a_push_asks_first(terminal: Any, file: str) -> None:
    """No is no."""
    ended = terminal.run("schedule", "push", file, "--reason", "x", answer="n\n")

    assert ended.exit_code == 1
    assert terminal.store.files == []


def test_without_a_push_the_shipped_file_is_printed(terminal: Any) -> None:
    """To begin with."""
    pulled = terminal.run("schedule", "pull")

    assert "office-hours" in pulled.stdout
    assert "the shipped schedules are in force" in pulled.stderr


def test_the_schema_is_printed(terminal: Any) -> None:
    """For editors."""
    assert terminal.document("schedule", "schema")["title"] == "opsplane schedules"
    assert terminal.run("schedule", "schema").exit_code == 0
