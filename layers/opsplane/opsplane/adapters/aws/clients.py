"""botocore's clients, made once for each service, with adaptive retries and time-outs set."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session

from opsplane import __version__
from opsplane.adapters.aws.loader import SERVICES, ExcerptLoader

_CONFIG = Config(
    retries={"mode": "adaptive", "max_attempts": 4},
    connect_timeout=3,
    read_timeout=10,
    user_agent_extra=f"opsplane/{__version__}",
)


@cache
def client(service: str, region: str | None = None, *, whole: bool = False) -> Any:
    """The client of one service; endpoints come from the standard `AWS_ENDPOINT_URL*` variables.

    The clients of large services know the operations of `opsplane.adapters.aws.loader` only, unless they are `whole`.
    """
    return _session(whole=whole or service not in SERVICES).create_client(service, region, config=_CONFIG)


@cache
def foreign_client(service: str, region: str, keys: tuple[str, str, str], *, whole: bool = False) -> Any:
    """The client of one service with the temporary credentials of another account."""
    access_key, secret_key, token = keys
    return _session(whole=whole or service not in SERVICES).create_client(
        service,
        region,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        aws_session_token=token,
        config=_CONFIG,
    )


@cache
def _session(*, whole: bool) -> Session:
    """A session for all clients: making one costs more than making a client does."""
    session = Session()
    if not whole:
        session.register_component("data_loader", ExcerptLoader())
    return session
