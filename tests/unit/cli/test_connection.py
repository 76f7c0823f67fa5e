"""Connecting, on moto."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from opsplane.adapters.aws import clients
from opsplane.errors import ResourceNotFound
from opsplane_cli.connection import connect, name_in
from opsplane_cli.exits import CommandError, ExitCode


@pytest.fixture(autouse=True)
def _account() -> Iterator[None]:
    """An empty account; the core's clients are made anew for it."""
    clients.client.cache_clear()
    with mock_aws():
        yield
    clients.client.cache_clear()


def test_a_connection_knows_account_region_and_person() -> None:
    """STS tells the account and the caller."""
    found = connect("staging", {**os.environ})

    assert (found.account, found.region) == ("000000000000", "us-east-1")
    assert found.ports.settings.ledger_table == "opsplane-staging-ledger"
    assert found.ports.settings.bus_name == "opsplane-staging"
    assert found.named("remediator") == "opsplane-staging-remediator"
    assert not found.local


def test_a_ledger_that_does_not_exist_is_told_as_such() -> None:
    """Nothing is deployed in this account."""
    found = connect("dev", {**os.environ})

    with pytest.raises(ResourceNotFound):
        found.ports.ledger.recent_items(1)


def test_locally_the_person_is_the_one_at_the_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator's keys are nobody's; the operating system knows who it is."""
    monkeypatch.setenv("LOGNAME", "grace")

    found = connect("dev", {**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"})

    assert found.local
    assert found.person == "grace"
    assert found.place == "dev in the local platform"


@pytest.mark.parametrize("environment", ["", "Dev", "dev;", "a" * 30, "../x"])
def test_a_name_that_is_no_environment_is_a_usage_error(environment: str) -> None:
    """It becomes part of names in AWS."""
    with pytest.raises(CommandError) as caught:
        connect(environment, {**os.environ})

    assert caught.value.code is ExitCode.USAGE


def test_a_missing_region_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3 would fail much later and less clearly."""
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    with pytest.raises(CommandError) as caught:
        connect("dev")

    assert "AWS_REGION" in caught.value.advice


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        ("arn:aws:iam::000000000000:user/alice", "alice"),
        ("arn:aws:iam::000000000000:user/team/alice", "alice"),
        ("arn:aws:sts::000000000000:assumed-role/Admin/alice@example.com", "alice@example.com"),
        ("arn:aws:iam::000000000000:root", "root"),
    ],
)
def test_the_last_part_of_an_arn_names_the_person(arn: str, name: str) -> None:
    """User, session, or root."""
    assert name_in(arn) == name


def test_a_client_is_made_once() -> None:
    """Making one takes tens of milliseconds."""
    found: Any = connect("dev", {**os.environ})

    assert found.client("events") is found.client("events")
