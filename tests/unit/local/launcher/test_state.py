"""State is kept whole or dropped whole."""

import json
from dataclasses import replace

from opsplane_local.emulators.state import RECEIPT, expected_receipt
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.state import prepare_state


def run_and_stop(platform: Platform) -> None:
    """What a run leaves after a clean stop."""
    prepare_state(platform)
    for emulator in ("ministack", "moto"):
        folder = platform.state_dir / emulator
        folder.mkdir()
        (folder / RECEIPT).write_text(json.dumps(expected_receipt(emulator)))
    (platform.state_dir / "deployed.json").write_text('"hash"')


def test_a_clean_stop_is_gone_on_from(platform: Platform) -> None:
    """Nothing is touched."""
    run_and_stop(platform)

    assert prepare_state(platform) == "restoring the state of the last run"
    assert (platform.state_dir / "deployed.json").exists()


def test_a_first_start_has_nothing_to_drop(platform: Platform) -> None:
    """And says so."""
    assert prepare_state(platform) == "first start"


def test_an_unclean_stop_drops_all(platform: Platform) -> None:
    """Half a world is worse than none."""
    run_and_stop(platform)
    (platform.state_dir / "moto" / RECEIPT).unlink()

    assert "dropped" in prepare_state(platform)
    assert not (platform.state_dir / "deployed.json").exists()


def test_another_port_is_another_world(platform: Platform) -> None:
    """The emulators have handed out addresses with the old one."""
    run_and_stop(platform)

    assert "dropped" in prepare_state(replace(platform, port=platform.port + 10))


def test_fresh_drops_all(platform: Platform) -> None:
    """As it was asked to."""
    run_and_stop(platform)

    assert prepare_state(replace(platform, fresh=True)) == "state of the last run dropped, as --fresh says"
    assert not (platform.state_dir / "deployed.json").exists()
