"""boto3 clients for the local platform, deaf to the person's own profiles, keys and proxies."""

import os
from collections.abc import Callable
from functools import cache
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

from opsplane_local.launcher.settings import REGION

CONFIG = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "adaptive", "max_attempts": 4},
    proxies={},
)


type Connect = Callable[[str], Any]
"""Gives the client of a service by its boto3 name."""


def connect_to(endpoint: str) -> Connect:
    """Clients that talk to the platform behind this endpoint."""

    def connect(service: str) -> Any:
        make: Callable[..., Any] = session().client
        return make(service, endpoint_url=endpoint, config=CONFIG)

    return connect


@cache
def session() -> boto3.Session:
    """A session with the emulator's keys. `~/.aws` is not read, whatever `AWS_PROFILE` says."""
    core = botocore.session.Session(
        session_vars={
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )
    return boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's well-known key
        region_name=REGION,
        botocore_session=core,
    )
