"""The emulator's environment is made once for each lock file."""

from pathlib import Path
from typing import Any

import pytest
from opsplane_local.launcher import install
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.settings import Platform


@pytest.fixture
def checkout(platform: Platform) -> Platform:
    """A platform whose checkout has a lock file and a uv."""
    (platform.repository / "uv.lock").write_text("one")
    uv = platform.repository / ".uv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.touch(mode=0o755)
    return platform


def environment_made(platform: Platform) -> None:
    """What uv leaves."""
    python = platform.emulator_environment / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


def test_it_is_made_once_for_each_lock_file(
    checkout: Platform, make_tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its own group, frozen, into its own folder."""
    monkeypatch.setenv("PATH", "/nowhere")
    tasks = make_tasks(before=lambda _command: environment_made(checkout))

    assert install.install_emulator(checkout, tasks, {}) == "installed"
    assert install.install_emulator(checkout, tasks, {}) == "already there"
    (checkout.repository / "uv.lock").write_text("two")
    assert install.install_emulator(checkout, tasks, {}) == "installed"

    [command, _] = tasks.commands
    assert command.argv[1:5] == ("sync", "--frozen", "--only-group", "emulator")
    assert command.env["UV_PROJECT_ENVIRONMENT"] == str(checkout.emulator_environment)


def test_without_uv_it_says_what_to_do(
    platform: Platform, make_tasks: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is run."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("UV", raising=False)
    tasks = make_tasks()

    with pytest.raises(StepFailed) as caught:
        install.install_emulator(platform, tasks, {})

    assert "make setup" in caught.value.advice
    assert tasks.ran == []
