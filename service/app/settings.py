"""What the service must be told beyond `opsplane.settings`, read once from its environment."""

import getpass
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from opsplane.model import Model
from pydantic import Field

_LOOPBACK = ("127.0.0.1", "::1", "localhost", "*.localhost")
_READ_MODEL_FILE = "read-model-1.db"
"""The number is the schema's: an embedded read model of another shape is left alone and a new one is made."""


class ServiceSettings(Model):
    """One process of the service.

    Attributes:
        database_url: Where the read model is, as SQLAlchemy writes it.
        hosts: Names under which the service may be called; `*.` in front stands for every name below it.
        person: Who acts when a request names nobody: the login of whoever started the process.
        responders: Who may press buttons in Slack: names, as the record and four eyes know them, by Slack's user ids.
        slack_origin: How the addresses begin at which Slack is told what became of a press.
    """

    database_url: str
    hosts: tuple[str, ...]
    person: str
    responders: Mapping[str, str] = Field(default_factory=dict)
    slack_origin: str = "https://hooks.slack.com/"


def read_service_settings(environ: Mapping[str, str]) -> ServiceSettings:
    """Settings from `OPSPLANE_DATABASE_URL`, `OPSPLANE_ALLOWED_HOSTS`, `OPSPLANE_CONSOLE_URL` and `OPSPLANE_HOME`.

    `OPSPLANE_SLACK_RESPONDERS` reads `U0123=alice,U0456=bob`; `OPSPLANE_SLACK_ORIGIN` is for a Slack that is played.
    """
    named = [name.strip() for name in environ.get("OPSPLANE_ALLOWED_HOSTS", "").split(",") if name.strip()]
    console = urlsplit(environ.get("OPSPLANE_CONSOLE_URL", "")).hostname
    # API Gateway authenticated the call and set the name itself.
    gateway = ("*.amazonaws.com",) if _in_lambda(environ) else ()
    hosts = (*_LOOPBACK, *gateway, *([console] if console else ()), *named)
    return ServiceSettings(
        database_url=environ.get("OPSPLANE_DATABASE_URL") or f"sqlite+aiosqlite:///{_embedded(environ)}",
        hosts=hosts,
        person=_login(),
        responders=_pairs(environ.get("OPSPLANE_SLACK_RESPONDERS", "")),
        slack_origin=environ.get("OPSPLANE_SLACK_ORIGIN") or "https://hooks.slack.com/",
    )


def _pairs(text: str) -> dict[str, str]:
    """`a=b,c=d` as a mapping; what is no pair is nobody."""
    pairs = (each.partition("=") for each in text.split(","))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() and value.strip()}


def _embedded(environ: Mapping[str, str]) -> Path:
    """The file of the embedded read model: a function may write nowhere but to its temporary directory."""
    if _in_lambda(environ):
        return Path(tempfile.gettempdir()) / _READ_MODEL_FILE
    return Path(environ.get("OPSPLANE_HOME") or ".opsplane").absolute() / "state" / _READ_MODEL_FILE


def _in_lambda(environ: Mapping[str, str]) -> bool:
    return "AWS_LAMBDA_FUNCTION_NAME" in environ


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container's user need not have a name.
        return "console"
