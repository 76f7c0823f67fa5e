"""The AWS CLI for tests of scripts: the real one, which writes down what it was given.

It takes more than a second to start, and a script calls it often: a server that has imported it forks for each call,
and the `aws` on PATH hands over its arguments, environment and open files.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opsplane_local.launcher.environment import find_uv

REPOSITORY = Path(__file__).parents[1]
RELEASE = "awscli==1.45.11"
START_SECONDS = 60

SERVER = """
import json, os, signal, socket, sys
from awscli.clidriver import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
door = socket.socket(socket.AF_UNIX)
door.bind(sys.argv[1])
door.listen()
while True:
    guest, _ = door.accept()
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        text, files, _, _ = socket.recv_fds(guest, 1_000_000, 3)
        for number, file in enumerate(files):
            os.dup2(file, number)
        request = json.loads(text)
        own = os.environ["AWS_DATA_PATH"]
        os.environ.clear()
        os.environ.update(request["environment"], AWS_DATA_PATH=own)
        sys.argv = ["aws", *request["argv"]]
        try:
            code = main()
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        guest.sendall(str(code).encode())
        os._exit(0)
    guest.close()
"""

# Version 1 ignores AWS_ENDPOINT_URL for some services, so it is said in the command.
CLIENT = """#!{python} -IS
import json, os, socket, sys
given, body, source = sys.argv[1:], None, 0
if "file:///dev/stdin" in given:
    body = sys.stdin.buffer.read()
    source, pour = os.pipe()
    os.write(pour, body)
    os.close(pour)
with open({calls!r}, "a") as calls:
    calls.write(json.dumps({{"argv": given, "stdin": body.decode() if body is not None else None}}) + "\\n")
door = socket.socket(socket.AF_UNIX)
door.connect({socket!r})
argv = ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], *given]
request = json.dumps({{"argv": argv, "environment": dict(os.environ)}}).encode()
socket.send_fds(door, [request], [source, 1, 2])
sys.exit(int(door.recv(10)))
"""


@dataclass(frozen=True)
class Call:
    """One call of the AWS CLI: its arguments, and its input where it read one."""

    argv: list[str]
    stdin: str | None

    def option(self, name: str) -> str:
        """What stands behind an option."""
        return self.argv[self.argv.index(name) + 1]

    @property
    def operation(self) -> str:
        """What was called, for example `ecs update-service`."""
        return " ".join(self.argv[:2])


@dataclass(frozen=True)
class AwsCli:
    """An `aws` in a folder of its own."""

    folder: Path

    def environment(self, endpoint: str, **more: str) -> dict[str, str]:
        """Return an environment in which a script finds this `aws` and the emulators."""
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "AWS_ENDPOINT_URL": endpoint, "PATH": path} | more

    def calls(self) -> list[Call]:
        """Return the calls so far, oldest first."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [Call(**json.loads(line)) for line in lines]

    def forget(self) -> None:
        """Forget the calls so far."""
        self.log.unlink(missing_ok=True)

    @property
    def log(self) -> Path:
        """Where the calls are written down."""
        return self.folder / "calls.jsonl"


@contextmanager
def aws_cli(folder: Path) -> Iterator[AwsCli]:
    """Put an `aws` into a folder, for as long as its server runs."""
    cli, door = AwsCli(folder), folder / "door"
    program = CLIENT.format(python=sys.executable, calls=str(cli.log), socket=str(door))
    (folder / "aws").write_text(program)
    (folder / "aws").chmod(0o755)
    with subprocess.Popen([_python(), "-c", SERVER, str(door)], start_new_session=True) as server:
        try:
            deadline = time.monotonic() + START_SECONDS
            while not door.exists():
                assert server.poll() is None, "the AWS CLI does not start"
                assert time.monotonic() < deadline, "the AWS CLI does not start in time"
                time.sleep(0.05)
            yield cli
        finally:
            server.terminate()


@cache
def _python() -> str:
    """Return the interpreter of the pinned AWS CLI, fetched by uv when it is not there."""
    uv = find_uv(REPOSITORY)
    assert uv, "uv is needed to fetch the AWS CLI; make setup brings it"
    argv = [str(uv), "tool", "run", "--from", RELEASE, "python", "-c", "import sys; print(sys.executable)"]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip()
