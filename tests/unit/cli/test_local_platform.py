"""Finding the local platform."""

import json
import os
from pathlib import Path

import pytest
from opsplane_cli.local_platform import adopt, furnish, is_local
from opsplane_local.launcher import identity


def runs(home: Path, state: str = "ready", pid: int | None = None, start: str | None = None) -> Path:
    """Have a platform whose launcher is this very test."""
    own = os.getpid() if pid is None else pid
    snapshot = {"run_id": "r", "state": state, "pid": own, "start": start or identity.start_of(os.getpid())}
    (home / "run").mkdir(parents=True)
    file = home / "run" / "platform.json"
    file.write_text(json.dumps({**snapshot, "port": 20566, "repository": str(home), "began_at": 0.0}))
    return file


def test_a_platform_above_the_current_folder_is_adopted(tmp_path: Path) -> None:
    """As git finds its repository."""
    runs(tmp_path / ".opsplane")
    environ: dict[str, str] = {}

    endpoint = adopt(environ, tmp_path / "events" / "cloudtrail")

    assert endpoint == environ["AWS_ENDPOINT_URL"] == "http://127.0.0.1:20566"
    assert environ["AWS_REGION"] == environ["AWS_DEFAULT_REGION"] == "us-east-1"
    assert environ["AWS_CONFIG_FILE"] == os.devnull


def test_opsplane_home_names_the_platform(tmp_path: Path) -> None:
    """And then no other one is looked for."""
    runs(tmp_path / ".opsplane")
    runs(tmp_path / "home")

    assert adopt({"OPSPLANE_HOME": str(tmp_path / "home")}, Path("/")) == "http://127.0.0.1:20566"
    assert adopt({"OPSPLANE_HOME": str(tmp_path / "other")}, tmp_path) is None


@pytest.mark.parametrize(
    "name", ["AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"]
)
def test_somebody_who_points_elsewhere_is_left_alone(tmp_path: Path, name: str) -> None:
    """Not a single variable is changed."""
    runs(tmp_path / ".opsplane")
    environ = {name: "x"}

    assert adopt(environ, tmp_path) is None
    assert environ == {name: "x"}


@pytest.mark.parametrize("state", ["stopping", "stopped", "failed"])
def test_a_platform_that_does_not_run_is_none(tmp_path: Path, state: str) -> None:
    """Its snapshot stays behind."""
    runs(tmp_path / ".opsplane", state=state)

    assert adopt({}, tmp_path) is None


def test_a_platform_whose_launcher_died_is_none(tmp_path: Path) -> None:
    """Another process may have its pid by now."""
    runs(tmp_path / ".opsplane", start="another-boot:1")

    assert adopt({}, tmp_path) is None


def test_a_broken_snapshot_is_none(tmp_path: Path) -> None:
    """Half a file is no platform."""
    runs(tmp_path / ".opsplane").write_text("{")

    assert adopt({}, tmp_path) is None


@pytest.mark.parametrize(
    ("endpoint", "local"),
    [
        ("http://127.0.0.1:4566", True),
        ("http://localhost:4566", True),
        ("http://[::1]:4566", True),
        ("https://vpce-1.example.com", False),
        ("http://127.0.0.1.example.com", False),
        ("", False),
    ],
)
def test_only_loopback_is_local(endpoint: str, local: bool) -> None:  # noqa: FBT001 - the expectation
    """A name that looks like it is not."""
    assert is_local({"AWS_ENDPOINT_URL": endpoint}) is local


def test_a_local_process_gets_what_it_lacks() -> None:
    """Keys, a region, and no proxy for loopback."""
    environ = {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "NO_PROXY": "intranet"}

    furnish(environ)

    assert (environ["AWS_ACCESS_KEY_ID"], environ["AWS_DEFAULT_REGION"]) == ("test", "us-east-1")
    assert environ["no_proxy"] == environ["NO_PROXY"] == "intranet,127.0.0.1,::1,localhost"


def test_a_local_process_keeps_what_it_has() -> None:
    """Own keys and an own region are meant."""
    environ = {"AWS_ACCESS_KEY_ID": "000000000001", "AWS_REGION": "eu-west-1"}

    furnish(environ)

    assert (environ["AWS_ACCESS_KEY_ID"], environ["AWS_REGION"]) == ("000000000001", "eu-west-1")
    assert "AWS_DEFAULT_REGION" not in environ
