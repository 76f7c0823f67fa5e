"""How each process is started."""

import os
import sys
from pathlib import Path

import pytest
from opsplane_local.emulators.commands import gateway_command, ministack_command, moto_command
from opsplane_local.emulators.settings import Settings

SETTINGS = Settings(home=Path("/repo/.opsplane"), port=4566)


def test_ministack_runs_in_its_own_environment_behind_the_gateway() -> None:
    """Its addresses and its Lambdas lead to the gateway, it listens on the loopback and keeps its state."""
    command = ministack_command(SETTINGS)

    assert command.argv[0] == "/repo/.opsplane/emulator-venv/bin/python"
    assert Path(command.argv[-1]).is_file()
    expected = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
        "GATEWAY_PORT": "4566",
        "OPSPLANE_EMULATOR_PORT": "4569",
        "BIND_HOST": "127.0.0.1",
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "STATE_DIR": "/repo/.opsplane/state/ministack/services",
    }
    assert expected == {name: command.env[name] for name in expected}


def test_moto_and_gateway_run_in_this_environment() -> None:
    """They need what the checkout has installed."""
    moto, gateway = moto_command(SETTINGS), gateway_command(SETTINGS)

    assert moto.argv[0] == gateway.argv[0] == sys.executable
    assert "opsplane_local.emulators.moto_server" in moto.argv
    assert moto.env["MOTO_ACCOUNT_ID"] == "000000000000"
    assert moto.env["MOTO_ACM_VALIDATION_WAIT"] == "0"
    assert gateway.argv[-12:-6] == ("--port", "4566", "--ministack", "http://127.0.0.1:4569", "--moto",
                                    "http://127.0.0.1:4570")  # fmt: skip


def test_nothing_of_a_persons_aws_reaches_the_lambdas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Lambdas inherit ministack's environment, so a real profile must not be in it."""
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")

    env = ministack_command(SETTINGS).env

    assert env.keys() & {"AWS_PROFILE", "AWS_SESSION_TOKEN", "PYTHONPATH"} == set()
    assert env["AWS_ACCESS_KEY_ID"] == "test"
    assert env["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull
