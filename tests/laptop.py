"""A local platform of the tests' own, driven through the `opsplane` command as a person would."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import requests

REPOSITORY = Path(__file__).parents[1]
OPSPLANE = str(Path(sys.executable).with_name("opsplane"))


def free_port() -> int:
    """The first of five neighbouring free ports, outside the range that the kernel hands out."""
    for port in range(24566, 32000, 10):
        if all(_is_free(port + offset) for offset in range(5)):
            return port
    message = "there are no five neighbouring free ports between 24566 and 32000"
    raise RuntimeError(message)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class LocalPlatform:
    """One platform with its own home folder and ports; everything is asked of it through its public faces."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.endpoint = f"http://127.0.0.1:{port}"
        self.console = f"http://127.0.0.1:{port + 1}"
        self.sink = f"http://127.0.0.1:{port + 2}"
        self._port = port
        # A newcomer's shell: nothing of the test run's own AWS settings.
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "OPSPLANE_"))}
        self._environment = {**clean, "OPSPLANE_HOME": str(home), "COLUMNS": "120", "NO_COLOR": "1"}

    def run(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run an `opsplane` command to its end."""
        return subprocess.run(
            [OPSPLANE, *arguments],
            cwd=REPOSITORY,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        """The JSON document of a command that must succeed."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, f"opsplane {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return json.loads(done.stdout)

    def up(self, *arguments: str) -> str:
        """Start it in the background and wait until it answers."""
        done = self.run("up", "--detach", "--port", str(self._port), *arguments, timeout=300)
        assert done.returncode == 0, f"opsplane up: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def down(self) -> None:
        """Stop it."""
        done = self.run("down")
        assert done.returncode == 0, f"opsplane down: {done.returncode}\n{done.stdout}\n{done.stderr}"

    def send(self, sample: str) -> dict[str, Any]:
        """Send one sample and follow it to its end."""
        sent: dict[str, Any] = self.json("send", f"events/{sample}", "--wait")["events"][0]
        return sent

    def client(self, service: str) -> Any:
        """A boto3 client of the emulated AWS, as the person at the laptop."""
        session = boto3.Session("test", "test", region_name="us-east-1")
        return session.client(service, endpoint_url=self.endpoint)  # type: ignore[call-overload]

    def messages(self, item_id: str) -> list[dict[str, Any]]:
        """What the sink got about an item, oldest first."""
        answer = requests.get(f"{self.sink}/messages", timeout=5)
        answer.raise_for_status()
        found = answer.json()
        listed: list[dict[str, Any]] = found["messages"] if isinstance(found, dict) else found
        return [message for message in listed if item_id in json.dumps(message["payload"])]


def eventually[T](look: Callable[[], T], seconds: float = 20) -> T:
    """The first truthy answer; the last one when time is up, for the assertion to show."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return found
