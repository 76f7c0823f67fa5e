"""One home and one port decide where everything is."""

from pathlib import Path

from opsplane_local.emulators.settings import Settings

SETTINGS = Settings(home=Path("/repo/.opsplane"), port=4566)


def test_ports_follow_the_gateways() -> None:
    """Service, console and sink have the two ports between."""
    assert (SETTINGS.gateway_url, SETTINGS.ministack_url, SETTINGS.moto_url) == (
        "http://127.0.0.1:4566",
        "http://127.0.0.1:4569",
        "http://127.0.0.1:4570",
    )


def test_everything_lives_under_home() -> None:
    """State, logs and ministack's interpreter are found from the one folder."""
    assert Path("/repo/.opsplane/state/ministack") == SETTINGS.ministack_state
    assert Path("/repo/.opsplane/state/moto") == SETTINGS.moto_state
    assert Path("/repo/.opsplane/run/logs/moto.log") == SETTINGS.log("moto")
    assert Path("/repo/.opsplane/emulator-venv/bin/python") == SETTINGS.emulator_python
