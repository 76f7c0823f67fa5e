"""boto3 clients, made once for each service, with adaptive retries and time-outs set."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from opsplane import __version__

_CONFIG = Config(
    retries={"mode": "adaptive", "max_attempts": 4},
    connect_timeout=3,
    read_timeout=10,
    user_agent_extra=f"opsplane/{__version__}",
)


@cache
def client(service: str, region: str | None = None) -> Any:
    """The client of one service; endpoints come from the standard `AWS_ENDPOINT_URL*` variables."""
    return boto3.client(service, region_name=region, config=_CONFIG)  # type: ignore[call-overload]


@cache
def foreign_client(service: str, region: str, keys: tuple[str, str, str]) -> Any:
    """The client of one service with the temporary credentials of another account."""
    access_key, secret_key, token = keys
    session = boto3.Session(access_key, secret_key, token, region_name=region)
    return session.client(service, config=_CONFIG)  # type: ignore[call-overload]
