"""boto3 clients, made once for each service."""

import pytest
from inprocess import Account
from opsplane import __version__
from opsplane.adapters.aws.clients import client


def test_a_client_is_made_once(aws: Account) -> None:
    """Making one costs a tenth of a second."""
    assert aws
    assert client("sqs") is client("sqs")
    assert client("sqs") is not client("sqs", "eu-central-1")


def test_time_outs_and_retries_are_ours(aws: Account) -> None:
    """A hanging call may not eat the function's whole time; AWS can tell our calls from others."""
    assert aws
    config = client("ec2").meta.config

    assert (config.connect_timeout, config.read_timeout) == (3, 10)
    assert config.retries["mode"] == "adaptive"
    assert f"opsplane/{__version__}" in config.user_agent


def test_endpoints_come_from_the_environment(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the same code runs on a laptop."""
    assert aws
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")

    assert client("sns").meta.endpoint_url == "http://127.0.0.1:4566"
