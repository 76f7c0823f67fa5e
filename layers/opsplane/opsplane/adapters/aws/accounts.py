"""The way into our own account and into those that enrolled, each through its own role and external id.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from opsplane.adapters.aws.api import AwsApi
from opsplane.adapters.aws.clients import client, foreign_client
from opsplane.adapters.aws.faults import translated
from opsplane.decisions.guards import SPOKE_ROLE
from opsplane.errors import NotEnrolled
from opsplane.playbooks.plan import Api
from opsplane.settings import Settings
from opsplane.signals.signal import Resource

_MARGIN = timedelta(minutes=5)
"""Credentials that end within this are made anew: an action must not outlive them."""


class AwsAccounts:
    """Implements `opsplane.ports.Accounts`."""

    def __init__(self, settings: Settings) -> None:
        """Our own account needs no role; the others are those that `settings` name."""
        self._settings = settings
        self._credentials: dict[str, dict[str, Any]] = {}

    def reach(self, resource: Resource) -> Api:
        """The API in the account and region of a resource; see the port for what it raises."""
        if resource.account == self._settings.account:
            return AwsApi(resource.region)
        if resource.account not in self._settings.enrolled:
            message = f"account {resource.account} is not enrolled: it has no role for this opsplane"
            raise NotEnrolled(message)
        credentials = self._assume(resource.account)
        return AwsApi(resource.region, partial(foreign_client, keys=_keys(credentials)))

    def _assume(self, account: str) -> dict[str, Any]:
        known = self._credentials.get(account)
        if known and known["Expiration"] - datetime.now(UTC) > _MARGIN:
            return known
        role = f"arn:aws:iam::{account}:role/{SPOKE_ROLE}"
        with translated(f"assume {role}"):
            answer = client("sts").assume_role(
                RoleArn=role,
                RoleSessionName=f"opsplane-{self._settings.environment}",
                ExternalId=self._settings.external_id,
                DurationSeconds=3600,
            )
        self._credentials[account] = answer["Credentials"]
        return self._credentials[account]


def _keys(credentials: dict[str, Any]) -> tuple[str, str, str]:
    return credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]
