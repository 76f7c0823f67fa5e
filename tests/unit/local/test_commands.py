"""The commands of the laptop platform, as a person or a script calls them."""

import json
import os
from pathlib import Path

import pytest
import typer
from click.testing import Result
from opsplane_local.commands import register
from opsplane_local.launcher import identity, lock
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.settings import Platform, platform_from
from opsplane_local.launcher.snapshot import Snapshot, State
from typer.testing import CliRunner

app = typer.Typer()
register(app)


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """The platform of a home of its own."""
    monkeypatch.setenv("OPSPLANE_HOME", str(tmp_path / "home"))
    return platform_from(port=16900)


def ready(platform: Platform) -> None:
    """Leave the account of a platform that is up."""
    snapshot = Snapshot(
        run_id="run-1",
        state=State.READY,
        pid=os.getpid(),
        start=identity.start_of(os.getpid()) or "",
        port=platform.port,
        repository=str(platform.repository),
        began_at=1000.0,
        first_event_after=12.0,
    )
    snapshots.write(snapshot, platform.snapshot_file)


def call(*arguments: str) -> Result:
    """Call a command."""
    return CliRunner().invoke(app, arguments)


def test_variables_prints_what_a_shell_can_take(platform: Platform) -> None:
    """The endpoint and the emulator's keys, and away with a profile or a token."""
    ready(platform)

    with lock.held(platform.lock_file):
        result = call("variables")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("unset AWS_PROFILE ")
    assert "export AWS_ENDPOINT_URL=http://127.0.0.1:16900" in lines
    assert "export AWS_ACCESS_KEY_ID=test" in lines
    assert f"export OPSPLANE_HOME={platform.home}" in lines


@pytest.mark.usefixtures("platform")
def test_variables_of_a_platform_that_does_not_run_is_an_error() -> None:
    """Nothing on stdout, which a shell would take."""
    result = call("variables")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "not running" in result.stderr


@pytest.mark.usefixtures("platform")
def test_status_is_one_json_document() -> None:
    """Also when nothing has ever run."""
    result = call("status", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["state"] == "stopped"


def test_up_of_a_running_platform_says_where_it_is(platform: Platform) -> None:
    """And is no error, in the background or not."""
    ready(platform)

    with lock.held(platform.lock_file):
        results = [call("up"), call("up", "--detach")]

    for result in results:
        assert result.exit_code == 0
        assert "already running" in result.stdout
        assert "http://127.0.0.1:16901" in result.stdout


@pytest.mark.usefixtures("platform")
def test_down_of_nothing_is_no_error() -> None:
    """It says so."""
    result = call("down")

    assert result.exit_code == 0
    assert "Nothing is running" in result.stdout


def test_logs_of_a_part_are_its_last_lines(platform: Platform) -> None:
    """Without its name in front, which all parts together have."""
    platform.logs_dir.mkdir(parents=True)
    platform.log_of("sink").write_text("one\ntwo\n")

    assert call("logs", "sink", "-n", "1").stdout == "two\n"
    assert call("logs", "-n", "1").stdout == "sink       two\n"


def test_logs_of_an_unknown_part_name_the_known_ones(platform: Platform) -> None:
    """On stderr, exit code 1."""
    platform.logs_dir.mkdir(parents=True)
    platform.log_of("sink").write_text("")

    result = call("logs", "nope")

    assert result.exit_code == 1
    assert "fleet, sink" in result.stderr


@pytest.mark.enable_socket
@pytest.mark.usefixtures("platform")
def test_doctor_is_one_json_document_and_fails_on_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A machine without uv cannot start the platform."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("UV", raising=False)

    result = call("doctor", "--json", "--port", "16900")

    checks = {check["name"]: check for check in json.loads(result.stdout)}
    assert checks["Python"]["verdict"] == "good"
    assert result.exit_code == (0 if checks["uv"]["verdict"] == "good" else 1)
