"""Plain moto, and a patch that every test takes back."""

from collections.abc import Callable, Iterator, MutableMapping
from functools import cache
from typing import Any

import boto3
import pytest
from moto import mock_aws

type Connect = Callable[[str], Any]


class Reversible:
    """A patch whose changes end with the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def attribute(self, owner: object, name: str, value: object) -> None:
        """Set `owner.name` to `value` until the test ends."""
        self._monkeypatch.setattr(owner, name, value, raising=False)

    def item[V](self, mapping: MutableMapping[str, V], key: str, value: V) -> None:
        """Set `mapping[key]` to `value` until the test ends."""
        self._monkeypatch.setitem(mapping, key, value)


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Reversible:
    """Return a patch for a gap under test."""
    return Reversible(monkeypatch)


@pytest.fixture(scope="session")
def connect() -> Connect:
    """Return a function that makes a client of a service, once: loading its model is what takes time."""
    with mock_aws():
        session = boto3.Session("test", "test", region_name="us-east-1")
    return cache(session.client)


@pytest.fixture(autouse=True)
def plain_moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer every call of the test from a fresh, unpatched moto in this process."""
    # A fresh EC2 would load 1,300 images that no test asks for, in a fifth of a second.
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    with mock_aws():
        yield
