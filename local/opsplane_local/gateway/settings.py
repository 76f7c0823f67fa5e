"""What the gateway is told on its command line."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """Addresses of both emulators, whose account this is, and where the launcher writes the logs."""

    port: int
    ministack: str
    moto: str
    account_id: str
    region: str
    logs: Path
