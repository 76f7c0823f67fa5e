"""An emulated account as base-infra leaves it, and the scripts run against it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from awscli import REPOSITORY, AwsCli, Call, aws_cli
from moto.server import ThreadedMotoServer

EMPTY_SECRETS = ("redis/auth-token", "app/jwt-secret", "app/external-api-keys", "monitoring/slack-webhook")


class Scripts:
    """The scripts of this checkout, run against one emulated account."""

    def __init__(self, cli: AwsCli, endpoint: str) -> None:
        self._cli = cli
        self._endpoint = endpoint

    def run(
        self, script: str, *arguments: str, given: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script with `given` on its standard input."""
        return subprocess.run(
            [str(REPOSITORY / "scripts" / script), *arguments],
            env=self.environment(**environment),
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a script finds around it; it does not wait between two looks, and looks twice."""
        return self._cli.environment(self._endpoint, POLL_SECONDS="0", POLL_LIMIT="2", **more)

    @property
    def folder(self) -> Path:
        """The first folder on a script's PATH."""
        return self._cli.folder

    def calls(self) -> list[Call]:
        """Return the calls of the AWS CLI so far."""
        return self._cli.calls()

    def client(self, service: str) -> Any:
        """Return a client of the test's own."""
        make: Any = boto3.client
        return make(service, endpoint_url=self._endpoint)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of an emulated AWS in this process."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        host, port = running.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        running.stop()


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsCli]:
    """Return the AWS CLI."""
    with aws_cli(tmp_path_factory.mktemp("bin")) as running:
        yield running


@pytest.fixture
def scripts(server: str, cli: AwsCli, monkeypatch: pytest.MonkeyPatch) -> Scripts:
    """Return the scripts, and an account with a dev environment whose secrets are empty."""
    monkeypatch.setenv("MOTO_ECS_SERVICE_RUNNING", "1")
    requests.post(f"{server}/moto-api/reset", timeout=5)
    cli.forget()
    scripts = Scripts(cli, server)
    for path in EMPTY_SECRETS:
        scripts.client("secretsmanager").create_secret(Name=f"/dev/{path}")
    parameters = {
        "ecs-cluster-name": "cluster",
        "ecs-service-name": "fastapi",
        "cache-id": "cache",
        "database-id": "database",
    }
    for name, value in parameters.items():
        scripts.client("ssm").put_parameter(Name=f"/opsplane/dev/base/{name}", Value=value, Type="String")
    scripts.client("ecs").create_cluster(clusterName="cluster")
    container = {"name": "app", "image": "app", "memory": 512}
    scripts.client("ecs").register_task_definition(family="task", containerDefinitions=[container])
    scripts.client("ecs").create_service(
        cluster="cluster", serviceName="fastapi", taskDefinition="task", desiredCount=1
    )
    return scripts
