"""One connection to one opsplane: which account, as whom, and whether it is only this laptop."""

import getpass
import os
import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from opsplane import bootstrap
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.ports import Ports
from opsplane.schedules.store import ScheduleStore
from opsplane.settings import Settings

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.local_platform import adopt, furnish, is_local
from opsplane_cli.output import print_aside

_CONFIG = Config(connect_timeout=3, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 3})
# A repeated invocation would be a second delivery, and a report may take minutes.
_PATIENT = Config(connect_timeout=3, read_timeout=900, retries={"total_max_attempts": 1})
_ENVIRONMENT = re.compile(r"[a-z][a-z0-9-]{1,15}")


@dataclass(frozen=True)
class Connection:
    """A way to one deployment of opsplane.

    Attributes:
        ports: The core's ports to it.
        person: Who gives commands, as the ledger will name them.
        local: Whether it is the emulated AWS of this machine.
        client: Makes the boto3 client of a service.
        session: The boto3 session behind the clients.
        store: What its scheduler keeps.
    """

    ports: Ports
    person: str
    local: bool
    client: Callable[[str], Any]
    session: Any
    store: ScheduleStore

    @property
    def account(self) -> str:
        """The twelve digits of the account."""
        return self.ports.settings.account

    @property
    def region(self) -> str:
        """The AWS region."""
        return self.ports.settings.region

    @property
    def place(self) -> str:
        """Where this is, for people."""
        where = "the local platform" if self.local else f"account {self.account}, {self.region}"
        return f"{self.ports.settings.environment} in {where}"

    def logs_of(self, function: str) -> str:
        """The command that shows what a function says."""
        if self.local:
            return "`opsplane logs fleet`"
        return f"`aws logs tail /aws/lambda/{self.named(function)}`"

    def named(self, part: str) -> str:
        """What the stack calls one of its parts: `opsplane-dev-remediator` for `remediator`."""
        return f"opsplane-{self.ports.settings.environment}-{part}"


def connect(environment: str, environ: MutableMapping[str, str] = os.environ) -> Connection:
    """Connect to the opsplane of `environment`, in the account that the process environment points to.

    When nothing points anywhere and a local platform runs, that one is taken, and standard error says so.

    Raises:
        CommandError: the environment's name is wrong, or no region is set.
        botocore.exceptions.BotoCoreError, ClientError: AWS cannot be asked who we are.
    """
    if not _ENVIRONMENT.fullmatch(environment):
        message = f"{environment!r} is not the name of an environment"
        raise CommandError(message, advice="Use for example --environment dev.", code=ExitCode.USAGE)
    if endpoint := adopt(environ, Path.cwd()):
        print_aside(f"local platform at {endpoint}")
    local = is_local(environ)
    if local:
        furnish(environ)
    session = boto3.Session()
    if session.region_name is None:
        message = "no AWS region is set"
        advice = "Start the local platform with `opsplane up`, or choose an account with AWS_PROFILE and AWS_REGION."
        raise CommandError(message, advice=advice, code=ExitCode.USAGE)
    caller = session.client("sts", config=_CONFIG).get_caller_identity()
    settings = Settings(
        environment=environment,
        account=caller["Account"],
        region=session.region_name,
        ledger_table=f"opsplane-{environment}-ledger",
        bus_name=f"opsplane-{environment}",
    )
    return Connection(
        ports=bootstrap.connect(settings, "cli"),
        person=_login() if local else name_in(caller["Arn"]),
        local=local,
        client=_clients(session),
        session=session,
        store=DynamoScheduleStore(settings.ledger_table),
    )


def name_in(arn: str) -> str:
    """The last part of a caller's ARN: the session's, the user's, or `root`."""
    return re.split(r"[:/]", arn)[-1]


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container whose user has no entry in passwd.
        return f"uid-{os.getuid()}"


def _clients(session: boto3.Session) -> Callable[[str], Any]:
    @cache
    def client(service: str) -> Any:
        config = _PATIENT if service == "lambda" else _CONFIG
        return session.client(service, config=config)  # type: ignore[call-overload]

    return client
