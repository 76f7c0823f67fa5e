"""The notification secret in Secrets Manager."""

import json

import pytest
from inprocess import Account
from opsplane.adapters.aws.secrets import SecretAddressBook
from opsplane.delivery.ports import Addresses
from opsplane.errors import PermanentError

NAME = "opsplane/dev/notifications"


def put(aws: Account, value: object) -> None:
    """Fill the secret in, as a person does after a deployment."""
    text = value if isinstance(value, str) else json.dumps(value)
    secrets = aws.client("secretsmanager")
    try:
        secrets.create_secret(Name=NAME, SecretString=text)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=NAME, SecretString=text)


def test_the_addresses_are_read(aws: Account) -> None:
    """Other keys are somebody else's, and an empty one counts as none."""
    put(aws, {"slack_webhook_url": "https://slack/x", "pagerduty_routing_key": "", "email": "x@example.com"})

    assert SecretAddressBook(NAME).look_up() == Addresses(slack_webhook_url="https://slack/x")


def test_a_new_address_is_seen_at_a_fresh_look(aws: Account) -> None:
    """In between, the old one is believed for minutes."""
    put(aws, {"slack_webhook_url": "https://slack/old"})
    book = SecretAddressBook(NAME)
    book.look_up()
    put(aws, {"slack_webhook_url": "https://slack/new"})

    assert book.look_up().slack_webhook_url == "https://slack/old"
    assert book.look_up(fresh=True).slack_webhook_url == "https://slack/new"


def test_a_secret_that_does_not_exist_configures_nothing(aws: Account) -> None:  # noqa: ARG001 - an empty account
    """Nobody has filled it in yet."""
    assert SecretAddressBook(NAME).look_up() == Addresses()


@pytest.mark.parametrize("value", ["https://slack/x", "[]", '{"slack_webhook_url": ["very-secret"]}'])
def test_a_secret_of_another_shape_is_refused_without_its_text(aws: Account, value: str) -> None:
    """The message says which secret to fill in again, and nothing of what is in it."""
    put(aws, value)

    with pytest.raises(PermanentError, match=NAME) as caught:
        SecretAddressBook(NAME).look_up()

    assert "very-secret" not in str(caught.value)
    assert "slack/x" not in str(caught.value)
