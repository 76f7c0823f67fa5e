"""What one process of the service works with, put together in one place."""

import os
from dataclasses import dataclass

from opsplane import bootstrap
from opsplane.ports import Ports
from opsplane.settings import read_settings

from app.readmodel.database import open_engine
from app.readmodel.model import ReadModel
from app.settings import ServiceSettings, read_service_settings

_SIGNATURE = "api"


@dataclass(frozen=True)
class Wiring:
    """Settings, the way to the core, and the read model."""

    settings: ServiceSettings
    ports: Ports
    model: ReadModel


def wire_from_environment() -> Wiring:
    """The wiring that the environment of the process describes; nothing is connected yet.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    settings = read_service_settings(os.environ)
    ports = bootstrap.connect(read_settings(os.environ), _SIGNATURE)
    return Wiring(settings, ports, ReadModel(open_engine(settings.database_url), ports.ledger, ports.now))
