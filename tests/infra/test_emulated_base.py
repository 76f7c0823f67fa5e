"""The base on emulators as people set it up: the account first, then an environment; planned again, destroyed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from awscli import AwsCli, aws_cli
from opsplane_local import emulators
from opsplane_local.launcher.environment import find_uv
from terraform import Terraform

pytestmark = pytest.mark.infra

REPOSITORY = Path(__file__).parents[2]
BUCKET = "cloudplatform-terraform-state-000000000000"
SETTINGS = {"environment": "dev", "global": "global"}
START_SECONDS = 60.0
STOP_SECONDS = 20.0
ZONE_SECONDS = 120.0
PORTS_IN_A_ROW = 5

# What the second plan of a root still wants to change on emulators, by address, and why it does not matter on AWS.
NEVER_CLEAN: dict[str, dict[str, str]] = {"global": {}, "environment": {}}

EXPECTED_TYPES = {
    "global": {"aws_s3_bucket", "aws_route53_zone", "aws_ecr_repository", "aws_cloudtrail", "aws_guardduty_detector"},
    "environment": {
        "aws_acm_certificate_validation",
        "aws_db_instance",
        "aws_ecs_service",
        "aws_elasticache_replication_group",
        "aws_route53_record",
        "aws_vpc",
        "aws_wafv2_web_acl",
    },
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an embedded AWS of the test's own."""
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
        yield settings.gateway_url
    finally:
        _stop(running)


@dataclass(frozen=True)
class EmulatedBase:
    """A copy of base-infra and of the scripts, and the emulators that they work on."""

    terraform: Terraform
    cli: AwsCli
    endpoint: str

    def script(self, name: str, *arguments: str, root: str) -> None:
        """Run a script that must succeed; it leaves Terraform's data where `run` finds it."""
        done = subprocess.run(
            [str(self.terraform.base.parent / "scripts" / name), *arguments],
            env=self.cli.environment(self.endpoint, TF_DATA_DIR=str(self.terraform.data / root)),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{name} {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"

    def run(self, root: str, *arguments: str, zone: str = "") -> subprocess.CompletedProcess[str]:
        """Run Terraform in a root with its variables."""
        folder = f"../environments/{SETTINGS[root]}"
        variables = [f"-var-file={folder}/{name}.tfvars" for name in ("terraform", "local")]
        if zone:
            variables.append(f"-var=hosted_zone_id={zone}")
        return self.terraform.run(root, *arguments, *variables, environment=self._environment)

    def apply(self, root: str, zone: str = "") -> None:
        """Apply a root."""
        done = self.run(root, "apply", "-auto-approve", "-parallelism=30", zone=zone)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"

    def differences(self, root: str, zone: str = "") -> dict[str, list[str]]:
        """Return what another plan would change, by address: nothing, after an apply."""
        planned = self.run(root, "plan", "-out=again.tfplan", zone=zone)
        assert planned.returncode == 0, f"{planned.stdout}\n{planned.stderr}"
        shown = json.loads(self.terraform.succeed(root, "show", "-json", "again.tfplan"))
        found = {each["address"]: each["change"]["actions"] for each in shown["resource_changes"]}
        found |= {f"output.{name}": change["actions"] for name, change in shown.get("output_changes", {}).items()}
        return {address: actions for address, actions in found.items() if actions not in (["no-op"], ["read"])}

    def destroy(self, root: str, zone: str = "") -> None:
        """Destroy a root, from a state of its own: the bucket with all states is destroyed too."""
        override = self.terraform.base / root / "backend_override.tf"
        override.write_text('terraform {\n  backend "local" {}\n}\n')
        self.terraform.succeed(root, "init", "-migrate-state", "-force-copy", environment=self._environment)
        if root == "global":
            self._wait_until(lambda: not self._records(zone))
        done = self.run(root, "destroy", "-auto-approve", "-parallelism=30", zone="" if root == "global" else zone)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        state = json.loads((self.terraform.base / root / "terraform.tfstate").read_text())
        assert state["resources"] == []

    def state(self, name: str) -> dict[str, Any]:
        """Return a state as drift detection finds it: in the account's bucket, encrypted with the account's key."""
        found = self.client("s3").get_object(Bucket=BUCKET, Key=f"{name}/terraform.tfstate")
        assert found["ServerSideEncryption"] == "aws:kms"
        state: dict[str, Any] = json.loads(found["Body"].read())
        return state

    def zone(self, account: Future[None]) -> str:
        """Return the id of the zone as soon as the account's apply has made it, and the environment's boundary."""

        def zones() -> list[Any]:
            if account.done():
                account.result()
            found: list[Any] = self.client("route53").list_hosted_zones()["HostedZones"]
            return found

        def boundary() -> bool:
            made = self.client("iam").list_policies(Scope="Local")["Policies"]
            return "cloudplatform-dev-boundary" in {policy["PolicyName"] for policy in made}

        self._wait_until(lambda: bool(zones()) and boundary())
        return str(zones()[0]["Id"]).removeprefix("/hostedzone/")

    def client(self, service: str) -> Any:
        """Return a client of the test's own."""
        make: Any = boto3.client
        return make(service, endpoint_url=self.endpoint)

    def _records(self, zone: str) -> list[Any]:
        """Return the records of the environments; every zone has NS and SOA."""
        found = self.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        return [record for record in found if record["Type"] not in {"NS", "SOA"}]

    @staticmethod
    def _wait_until(done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + ZONE_SECONDS
        while not done():
            assert time.monotonic() < deadline, "the account is not as it should be by now"
            time.sleep(0.5)

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@pytest.fixture
def base(terraform: Terraform, endpoint: str, tmp_path: Path) -> Iterator[EmulatedBase]:
    """Return base-infra in an account without anything."""
    shutil.copytree(REPOSITORY / "scripts", terraform.base.parent / "scripts")
    tools = tmp_path / "tools"
    tools.mkdir()
    with aws_cli(tools) as cli:
        yield EmulatedBase(terraform, cli, endpoint)


def test_an_account_and_an_environment_apply_plan_clean_and_go(base: EmulatedBase) -> None:
    """The bucket for all states comes first; the environment begins when the account's zone is there."""
    base.script("init-backend", "--yes", "global", root="global")
    with ThreadPoolExecutor() as pool:
        account = pool.submit(base.apply, "global")
        zone = base.zone(account)
        base.script("init-backend", "dev", root="environment")
        base.apply("environment", zone)
        account.result()

        again = {
            root: pool.submit(base.differences, root, zone if root == "environment" else "") for root in EXPECTED_TYPES
        }
        assert {root: set(found.result()) for root, found in again.items()} == {
            root: set(known) for root, known in NEVER_CLEAN.items()
        }
        _look_at_the_states(base, zone)

        for gone in [pool.submit(base.destroy, root, zone) for root in EXPECTED_TYPES]:
            gone.result()


def _look_at_the_states(base: EmulatedBase, zone: str) -> None:
    """Both lie in the one bucket, hold what they should, and no secret."""
    for root, wanted in EXPECTED_TYPES.items():
        state = base.state(SETTINGS[root])
        kinds = [resource["type"] for resource in state["resources"] if resource["mode"] == "managed"]
        assert wanted - set(kinds) == set()
        for resource in state["resources"]:
            for instance in resource["instances"]:
                assert not _secrets(instance["attributes"]), resource["type"]
    assert base.state("global")["outputs"]["hosted_zone_id"]["value"] == zone
    s3 = base.client("s3")
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values())


def _secrets(attributes: dict[str, Any]) -> list[str]:
    """Return the attributes that hold a secret's value."""
    holders = ("password", "auth_token", "secret_string", "secret_binary", "secret")
    return [name for name in holders if attributes.get(name)]


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
