"""An emulated AWS in process, and a way to play a committed sample on it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws
from opsplane_local.scenes import Event, Scene, prepare

EVENTS = Path(__file__).parents[4] / "events"

type Play = Callable[[str], Scene]


class SparingSession(boto3.Session):
    """A session that makes each client once: building EC2's again for each test would take most of the time."""

    @cache  # noqa: B019 (there is one such session, and it lives as long as the tests)
    def client(self, service_name: str, region_name: str | None = None, config: Config | None = None) -> Any:
        """Return the client for `service_name`, one for each config."""
        return super().client(service_name, region_name=region_name, config=config)  # type: ignore[call-overload]


@cache
def shared_session() -> boto3.Session:
    """Return the one session of all tests."""
    return SparingSession(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")


@contextmanager
def emulated_account() -> Iterator[boto3.Session]:
    """Open an empty account with the number of the local platform's, whatever the environment says of AWS."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("MOTO_ACCOUNT_ID", "000000000000")
        # Hundreds of machine images that no scene asks for would be made for each account.
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        patch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        with mock_aws():
            yield shared_session()


@pytest.fixture(scope="module")
def session() -> Iterator[boto3.Session]:
    """A session on an account that the tests of one file share, as one platform is shared by many sends."""
    with emulated_account() as session:
        yield session


@pytest.fixture
def empty_account() -> Iterator[boto3.Session]:
    """A session on an account of the test's own."""
    with emulated_account() as session:
        yield session


@pytest.fixture(scope="session")
def load() -> Callable[[str], Event]:
    """Read a sample by its path below `events/`."""

    def read(sample: str) -> Event:
        event: Event = json.loads((EVENTS / sample).read_text())
        return event

    return read


@pytest.fixture
def play(session: boto3.Session, load: Callable[[str], Event]) -> Play:
    """Prepare a sample by its path below `events/`."""
    return lambda sample: prepare(EVENTS / sample, load(sample), session)
