"""The service under test."""

from collections.abc import AsyncIterator

import pytest
from builders import Deployment
from served import Served


@pytest.fixture
def anyio_backend() -> str:
    """The service runs on asyncio."""
    return "asyncio"


@pytest.fixture
def deployment() -> Deployment:
    """An opsplane in memory."""
    return Deployment()


@pytest.fixture
async def served(deployment: Deployment) -> AsyncIterator[Served]:
    """The service on it."""
    service = Served(deployment)
    yield service
    await service.close()
