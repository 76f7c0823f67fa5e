"""A receiver behind a real `requests` session, without a network."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from opsplane.delivery.ports import Addresses
from requests.adapters import BaseAdapter


@dataclass
class Receiver(BaseAdapter):
    """Answers each request with the next of `answers`: a status, a status with headers, or an exception."""

    answers: list[Any] = field(default_factory=list)
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        """Answer one request."""
        self.asked.append((str(request.url), json.loads(request.body or b"{}")))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, headers = answer if isinstance(answer, tuple) else (answer, {})
        response.headers.update(headers)
        response._content = b"ok" if response.status_code < 300 else b"no_service"  # noqa: SLF001 - as requests fills it
        return response

    def close(self) -> None:
        """Nothing is open."""

    @property
    def session(self) -> requests.Session:
        """A session whose every request comes here."""
        session = requests.Session()
        session.mount("https://", self)
        session.mount("http://", self)
        return session


@dataclass
class Book:
    """An address book: the second of `versions` is what a fresh look finds."""

    versions: list[Addresses]
    fresh_looks: int = 0

    def look_up(self, *, fresh: bool = False) -> Addresses:
        """The addresses."""
        self.fresh_looks += fresh
        return self.versions[-1] if self.fresh_looks else self.versions[0]


@pytest.fixture
def receiver() -> Receiver:
    """A receiver that takes everything."""
    return Receiver()


@pytest.fixture
def book() -> type[Book]:
    """Makes address books."""
    return Book
