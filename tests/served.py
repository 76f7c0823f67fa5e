"""The service on a deployment in memory, for tests that ask it over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx
from app.main import create_app
from app.readmodel.database import open_engine
from app.readmodel.model import ReadModel
from app.settings import ServiceSettings
from app.wiring import Wiring
from builders import Deployment, bucket_opened, group_opened, guardduty
from cloud import GROUP
from opsplane.actions.action import Action
from opsplane.adapters.memory.ledger import MemoryLedger
from opsplane.errors import ServiceUnavailable

HOST = "opsplane.test"
PAGE = {"accept": "text/html"}
OUTAGE = ServiceUnavailable("query ledger ledger: the table does not answer")


@dataclass
class Line:
    """The line to a ledger, which a test can cut; `calls` are the names of what was asked over it."""

    ledger: MemoryLedger
    fault: Exception | None = None

    def __post_init__(self) -> None:
        """Nothing was asked yet."""
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The ledger's method, while the line holds."""
        method = getattr(self.ledger, name)

        def ask(*given: Any) -> Any:
            self.calls.append(name)
            if self.fault:
                raise self.fault
            return method(*given)

        return ask


class Served:
    """A service with its client.

    Attributes:
        deployment: The opsplane behind it.
        engine: The engine of its read model.
        line: The line between the two.
    """

    def __init__(self, deployment: Deployment, database_url: str = "sqlite+aiosqlite://") -> None:
        """Serve a deployment."""
        self.deployment = deployment
        self.line = Line(deployment.ledger)
        self.engine = open_engine(database_url)
        ports = replace(deployment.ports, ledger=self.line)  # type: ignore[arg-type]
        settings = ServiceSettings(database_url=database_url, hosts=(HOST, "127.0.0.1"), person="carol")
        self.wiring = Wiring(settings, ports, ReadModel(self.engine, ports.ledger, ports.now))
        self.app = create_app(lambda: self.wiring)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}")

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask as a program."""
        return await self.client.get(path, headers=headers)

    async def page(self, path: str) -> httpx.Response:
        """Ask as a browser."""
        return await self.client.get(path, headers=PAGE)

    async def submit(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of ours, with the token that our pages put into it."""
        if "opsplane_form" not in self.client.cookies:
            await self.page("/playbooks")
        data = {"token": self.client.cookies["opsplane_form"], **fields}
        return await self.client.post(path, data=data, headers={**PAGE, "origin": f"http://{HOST}"})

    async def close(self) -> None:
        """Let go of everything."""
        await self.client.aclose()
        await self.wiring.model.close()


def fixed_group(deployment: Deployment, number: int = 1) -> Action:
    """Have a security group opened and closed again; the answer is the verified action."""
    group = f"{GROUP[:-4]}{number:04d}"
    deployment.cloud.open_group(group=group)
    record = deployment.receive(group_opened(group, id=f"group-{number}", time=deployment.clock().isoformat()))
    return deployment.ledger.actions[str(record.action_id)]


def asked_about_group(deployment: Deployment) -> Action:
    """Have a protected security group opened, so that a person is asked."""
    deployment.cloud.open_group(group=GROUP, protected="true")
    record = deployment.receive(group_opened(id="asked", time=deployment.clock().isoformat()))
    return deployment.ledger.actions[str(record.action_id)]


def fixed_bucket(deployment: Deployment) -> Action:
    """Have a bucket made public and private again."""
    deployment.cloud.open_bucket()
    record = deployment.receive(bucket_opened(id="bucket", time=deployment.clock().isoformat()))
    return deployment.ledger.actions[str(record.action_id)]


def told_of_threat(deployment: Deployment, title: str = "EC2 instance is mining") -> str:
    """Have a GuardDuty finding; the answer is the id of its critical item."""
    return str(deployment.receive(guardduty(title=title, id="threat", time=deployment.clock().isoformat())).item_id)
