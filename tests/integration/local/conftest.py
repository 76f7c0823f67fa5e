"""The embedded AWS as three real processes on free ports."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from opsplane_local.emulators import Command, Settings, gateway_command, ministack_command, moto_command, ready

REPOSITORY = Path(__file__).parents[3]
START_SECONDS = 60.0
STOP_SECONDS = 20.0
PORTS_IN_A_ROW = 5


@dataclass
class EmbeddedAws:
    """Both emulators and the gateway, started and stopped as the launcher does."""

    settings: Settings
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start all three processes and wait until they answer."""
        commands = {
            "ministack": ministack_command(self.settings),
            "moto": moto_command(self.settings),
            "gateway": gateway_command(self.settings),
        }
        for name, command in commands.items():
            self._spawn(name, command)
        urls = {
            "ministack": self.settings.ministack_url,
            "moto": self.settings.moto_url,
            "gateway": self.settings.gateway_url,
        }
        for name, url in urls.items():
            self._wait_for(name, url)

    def stop(self) -> None:
        """Stop the gateway first, then both emulators, each by SIGTERM."""
        for name in ("gateway", "moto", "ministack"):
            process = self.processes.pop(name, None)
            if process is not None:
                process.send_signal(signal.SIGTERM)
                process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """End what still runs, with its children."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(STOP_SECONDS)
        self.processes.clear()

    def client(self, service: str) -> Any:
        """Return a client that knows nothing but the one endpoint."""
        return boto3.client(service, endpoint_url=self.settings.gateway_url)  # type: ignore[call-overload]

    def _spawn(self, name: str, command: Command) -> None:
        log = self.settings.log(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self.processes[name] = subprocess.Popen(
                command.argv, env=command.env, stdout=output, stderr=output, start_new_session=True
            )

    def _wait_for(self, name: str, url: str) -> None:
        process = self.processes[name]
        deadline = time.monotonic() + START_SECONDS
        while not ready(url, process.pid):
            log = self.settings.log(name).read_text()[-2000:]
            assert process.poll() is None, f"{name} has ended:\n{log}"
            assert time.monotonic() < deadline, f"{name} does not answer:\n{log}"
            time.sleep(0.05)


@pytest.fixture(scope="session")
def emulator_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return ministack's environment: the checkout's own, or one that is made for this session."""
    existing = REPOSITORY / ".opsplane" / "emulator-venv"
    if (existing / "bin" / "python").exists():
        return existing
    uv = shutil.which("uv")
    assert uv, "uv is needed to make ministack's environment; `make test` brings it"
    made = tmp_path_factory.mktemp("emulator") / "venv"
    subprocess.run(
        [uv, "sync", "--frozen", "--only-group", "emulator"],
        cwd=REPOSITORY,
        env=os.environ | {"UV_PROJECT_ENVIRONMENT": str(made)},
        check=True,
    )
    return made


@pytest.fixture(scope="module")
def embedded_aws(emulator_venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedAws]:
    """Return the running embedded AWS with a home of its own."""
    home = tmp_path_factory.mktemp("home")
    (home / "emulator-venv").symlink_to(emulator_venv)
    aws = EmbeddedAws(Settings(home=home, port=_free_ports()))
    try:
        aws.start()
        yield aws
        aws.stop()
    finally:
        aws.kill()


def _free_ports() -> int:
    """Return a port that is free together with the four above it."""
    for candidate in range(20_000 + os.getpid() % 10_000, 60_000, PORTS_IN_A_ROW):
        if all(_is_free(candidate + offset) for offset in range(PORTS_IN_A_ROW)):
            return candidate
    message = "no five free ports in a row"
    raise AssertionError(message)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
