"""The base on emulators: applied, planned again without a difference, destroyed."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from opsplane_local import emulators
from opsplane_local.launcher.environment import find_uv
from terraform import Terraform

pytestmark = pytest.mark.infra

REPOSITORY = Path(__file__).parents[2]
ROOTS = {"environment": "dev", "global": "global"}
START_SECONDS = 60.0
STOP_SECONDS = 20.0
PORTS_IN_A_ROW = 5


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an embedded AWS of the test's own, with an empty state bucket for each root."""
    home = tmp_path_factory.mktemp("home")
    _put_emulator_environment(home)
    settings = emulators.Settings(home=home, port=_free_ports())
    commands = {
        settings.ministack_url: emulators.ministack_command(settings),
        settings.moto_url: emulators.moto_command(settings),
        settings.gateway_url: emulators.gateway_command(settings),
    }
    running: list[subprocess.Popen[bytes]] = []
    try:
        for url, command in commands.items():
            running.append(_start(home, command))
            _wait_for(url, running[-1], home)
        s3 = boto3.client("s3", endpoint_url=settings.gateway_url)
        for environment in ROOTS.values():
            s3.create_bucket(Bucket=f"opsplane-{environment}-tfstate")
        yield settings.gateway_url
    finally:
        _stop(running)


def test_the_base_applies_plans_clean_and_goes(terraform: Terraform, endpoint: str) -> None:
    """Both roots, side by side; their state lies in S3, as drift detection will find it."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda root: _apply(terraform, endpoint, root), ROOTS))
        again = list(pool.map(lambda root: _command(terraform, endpoint, root, "plan", "-detailed-exitcode"), ROOTS))
        assert [done.returncode for done in again] == [0, 0], "\n".join(done.stdout for done in again)

        state = _state(endpoint, "opsplane-dev-tfstate", "environment/terraform.tfstate")
        kinds = [resource["type"] for resource in state["resources"] if resource["mode"] == "managed"]
        assert {"aws_vpc", "aws_db_instance", "aws_elasticache_replication_group", "aws_ecs_service"} <= set(kinds)
        assert "password" not in json.dumps(_named(state, "aws_db_instance")["master_user_secret"])

        gone = list(pool.map(lambda root: _command(terraform, endpoint, root, "destroy", "-auto-approve"), ROOTS))
    assert [done.returncode for done in gone] == [0, 0], "\n".join(done.stdout + done.stderr for done in gone)
    assert _state(endpoint, "opsplane-dev-tfstate", "environment/terraform.tfstate")["resources"] == []


def _apply(terraform: Terraform, endpoint: str, root: str) -> None:
    folder = f"../environments/{ROOTS[root]}"
    backends = [f"-backend-config={folder}/{name}" for name in ("backend.hcl", "backend.local.hcl")]
    terraform.succeed(root, "init", "-lockfile=readonly", *backends, environment=_talking_to(endpoint))
    done = _command(terraform, endpoint, root, "apply", "-auto-approve")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def _command(terraform: Terraform, endpoint: str, root: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = f"../environments/{ROOTS[root]}"
    variables = [f"-var-file={folder}/{name}.tfvars" for name in ("terraform", "local")]
    return terraform.run(root, *arguments, *variables, environment=_talking_to(endpoint))


def _talking_to(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _state(endpoint: str, bucket: str, key: str) -> dict[str, Any]:
    body = boto3.client("s3", endpoint_url=endpoint).get_object(Bucket=bucket, Key=key)["Body"]
    state: dict[str, Any] = json.loads(body.read())
    return state


def _named(state: dict[str, Any], kind: str) -> dict[str, Any]:
    (resource,) = [resource for resource in state["resources"] if resource["type"] == kind]
    attributes: dict[str, Any] = resource["instances"][0]["attributes"]
    return attributes


def _put_emulator_environment(home: Path) -> None:
    """Give the platform under `home` the checkout's emulator environment, or make one."""
    existing = REPOSITORY / ".opsplane" / "emulator-venv"
    if (existing / "bin" / "python").exists():
        (home / "emulator-venv").symlink_to(existing)
        return
    uv = find_uv(REPOSITORY)
    assert uv, "uv is needed to make the emulator's environment; `make test-infra` brings it"
    subprocess.run(
        [uv, "sync", "--frozen", "--only-group", "emulator"],
        cwd=REPOSITORY,
        env=os.environ | {"UV_PROJECT_ENVIRONMENT": str(home / "emulator-venv")},
        check=True,
    )


def _start(home: Path, command: emulators.Command) -> subprocess.Popen[bytes]:
    with (home / "emulators.log").open("ab") as output:
        return subprocess.Popen(command.argv, env=command.env, stdout=output, stderr=output, start_new_session=True)


def _wait_for(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not emulators.ready(url, process.pid):
        told = (home / "emulators.log").read_text()[-2000:]
        assert process.poll() is None, f"{url} has ended:\n{told}"
        assert time.monotonic() < deadline, f"{url} does not answer:\n{told}"
        time.sleep(0.05)


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, the gateway first; what does not is killed with its children."""
    for process in reversed(running):
        process.send_signal(signal.SIGTERM)
    for process in running:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


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
