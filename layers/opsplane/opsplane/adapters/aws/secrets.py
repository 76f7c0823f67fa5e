"""The notification secret in Secrets Manager, kept for minutes so that a batch costs one call."""

from functools import cached_property

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, ValidationError

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.delivery.ports import Addresses
from opsplane.errors import PermanentError, ResourceNotFound

_MAX_AGE = 180
"""Seconds for which an address is believed; a refusal makes it be read again at once."""


class _Wire(BaseModel):
    """The secret's JSON; other keys in it are somebody else's."""

    model_config = ConfigDict(extra="ignore")

    slack_webhook_url: str | None = None
    slack_signing_secret: str | None = None
    pagerduty_routing_key: str | None = None
    pagerduty_url: str | None = None


class SecretAddressBook:
    """Implements `opsplane.delivery.ports.AddressBook`. What the secret holds never comes up in a message."""

    def __init__(self, name: str) -> None:
        """The addresses are in the secret of that name; without a name nothing is configured."""
        self._name = name

    def look_up(self, *, fresh: bool = False) -> Addresses:
        """The addresses; a secret that does not exist or has no value yet has none. See the port for errors."""
        if not self._name:
            return Addresses()
        try:
            with translated(f"read secret {self._name}"):
                text = self._read(fresh=fresh)
        except ResourceNotFound:
            return Addresses()
        try:
            found = _Wire.model_validate_json(text)
        except ValidationError:
            # The chain would show the secret's text.
            message = f"secret {self._name} does not hold a JSON object of texts: fill it in again"
            raise PermanentError(message) from None
        return Addresses(**{key: value for key, value in found.model_dump().items() if value})

    @cached_property
    def _provider(self) -> SecretsProvider:
        return SecretsProvider(boto3_client=client("secretsmanager"))

    def _read(self, *, fresh: bool) -> str | bytes:
        try:
            value = self._provider.get(self._name, max_age=_MAX_AGE, force_fetch=fresh)
        except GetParameterError as error:
            # Powertools wraps every cause; which one it was decides about retries.
            if isinstance(error.__context__, ClientError | BotoCoreError):
                raise error.__context__ from None
            raise
        return value if isinstance(value, str | bytes) else ""
